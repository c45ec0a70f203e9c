package dev.firn.generator.company;

import dev.firn.futuremobility.raw.Activity;
import dev.firn.futuremobility.raw.Engagement;
import dev.firn.futuremobility.raw.ViewedProduct;
import dev.firn.generator.chance.Dice;
import java.time.Instant;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The shop and whoever is in it. Where nobody is about to do something, somebody new comes in. */
final class Shop {
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;

    private record Turn(long at, long number, Visitor visitor) implements Comparable<Turn> {
        @Override
        public int compareTo(Turn other) {
            return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
        }
    }

    private final PriorityQueue<Turn> turns = new PriorityQueue<>();
    private final Arrivals arrivals;
    private final Customers customers;
    private final Catalogue catalogue;
    private final Orders orders;
    private final Dice dice;
    private final long seed;
    private long turnNumber;

    Shop(Arrivals arrivals, Customers customers, Catalogue catalogue, Orders orders, Dice dice) {
        this.arrivals = arrivals;
        this.customers = customers;
        this.catalogue = catalogue;
        this.orders = orders;
        this.dice = dice;
        this.seed = dice.nextLong();
    }

    /** What happens in the shop now. */
    Fact next(long seq, long micros, Instant now) {
        while (true) {
            Visitor visitor = whoseTurn(seq, micros, now);
            Move move = visitor.next(seq, catalogue, dice);
            if (move != Move.LEAVE) {
                return tell(visitor, move, seq, micros, now);
            }
        }
    }

    private Visitor whoseTurn(long seq, long micros, Instant now) {
        Turn turn = turns.peek();
        if (turn == null || turn.at() > micros) {
            return new Visitor(arrivals.next(seq, now));
        }
        turns.remove();
        return turn.visitor();
    }

    private Fact tell(Visitor visitor, Move move, long seq, long micros, Instant now) {
        Arrival arrival = visitor.arrival();
        Item item = visitor.item();
        ViewedProduct product =
                item == null ? null : item.offer(arrival.market().currency());
        Activity activity = new Activity(
                Id.of('e', seq, seed),
                move.text(),
                now,
                arrival.session(),
                visitor.user(),
                arrival.agent(),
                visitor.page(),
                arrival.location(),
                engagement(move),
                product,
                arrival.experiments(),
                arrival.tags());
        remember(visitor, move, now);
        turns.add(new Turn(micros + think(visitor), ++turnNumber, visitor));
        return new Fact(arrival.session().getId(), activity, parent(visitor.namedAccount()));
    }

    private void remember(Visitor visitor, Move move, Instant now) {
        Arrival arrival = visitor.arrival();
        if (move == Move.SIGNUP) {
            visitor.signedUp(customers.signUp(arrival.anonymousId(), arrival.market(), arrival.place(), now));
        }
        Account account = visitor.namedAccount();
        if (account != null && !visitor.bought().isEmpty()) {
            orders.place(account, visitor.bought(), arrival.agent().getDeviceType());
        }
    }

    private Engagement engagement(Move move) {
        double x = dice.fraction();
        long dwell = 400 + (long) (x * x * x * 150_000);
        int fields = move == Move.SIGNUP || move == Move.CHECKOUT ? dice.between(4, 12) : 0;
        return new Engagement(dwell, dice.between(0, 100), dice.below(9), fields);
    }

    /** Seconds, sometimes minutes, and now and then longer than the gap that ends a session. */
    private long think(Visitor visitor) {
        if (visitor.arrival().agent().getIsBot()) {
            return dice.within(SECOND / 5, SECOND);
        }
        double kind = dice.fraction();
        if (kind < 0.004) {
            return dice.within(31 * MINUTE, 45 * MINUTE);
        }
        return kind < 0.03 ? dice.within(MINUTE, 8 * MINUTE) : dice.within(2 * SECOND, 30 * SECOND);
    }

    private static long parent(@Nullable Account account) {
        return account == null ? Fact.REFERENCE_DATA : account.recordSeq();
    }
}
