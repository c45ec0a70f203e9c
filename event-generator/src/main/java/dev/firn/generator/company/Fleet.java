package dev.firn.generator.company;

import dev.firn.futuremobility.raw.VehicleSpec;
import dev.firn.generator.chance.Dice;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The vehicles that customers drive. One that is sold is registered {@value #DELIVERED_AFTER} events later, and on the
 * road as many again after that, so that whatever refers to it finds it. The number on the road is bounded; past the bound
 * nobody hears of another one.
 */
final class Fleet {
    static final int DELIVERED_AFTER = 1_000;
    private static final int MOST = 100_000;
    private static final long MINUTE = 60_000_000;

    private record Turn(long at, long number, Car car) implements Comparable<Turn> {
        @Override
        public int compareTo(Turn other) {
            return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
        }
    }

    private record Paper(long dueSeq, long parent, Car car) {}

    private final Deque<Paper> papers = new ArrayDeque<>();
    private final Deque<Car> delivered = new ArrayDeque<>();
    private final PriorityQueue<Turn> charges = new PriorityQueue<>();
    private final PriorityQueue<Turn> reports = new PriorityQueue<>();
    private final List<Car> known = new ArrayList<>();
    private final Dice dice;
    private long built;
    private long turns;

    Fleet(Dice dice) {
        this.dice = dice;
    }

    /** Those that were sold before the beginning, one for each customer on average; a few customers have many. */
    List<Car> initial(Customers customers, Catalogue catalogue, Instant start) {
        List<Item> models =
                catalogue.items().stream().filter(Item::configurable).toList();
        int count = models.isEmpty() ? 0 : customers.initial().size();
        for (int i = 0; i < count; i++) {
            Account owner = customers.draw(0);
            Instant created = owner.record().getCreatedAt();
            long age = Math.max(1, Duration.between(created, start).toSeconds());
            Car car = build(owner, dice.oneOf(models), created.plusSeconds(dice.within(0, age)));
            car.chargedBefore(micros(start), dice);
            car.registered(Fact.REFERENCE_DATA);
            drive(car, micros(start));
        }
        return List.copyOf(known);
    }

    /** A vehicle for whoever has just bought one. */
    Car sold(Account owner, Item item, long saleSeq, Instant now) {
        Car car = build(owner, item, now);
        papers.add(new Paper(saleSeq + DELIVERED_AFTER, saleSeq, car));
        return car;
    }

    /** It was given back, as the event of this number tells. */
    void returned(Car car, long refundSeq) {
        car.giveBack();
        papers.add(new Paper(refundSeq + DELIVERED_AFTER, refundSeq, car));
    }

    /** The record of a vehicle that has to go out now, if any. */
    @Nullable
    Fact papers(long seq, Instant now) {
        Paper paper = papers.peek();
        if (paper == null || paper.dueSeq() > seq) {
            return null;
        }
        papers.remove();
        Car car = paper.car();
        if (car.isRegistered()) {
            return new Fact(car.vin(), car.record(now), Math.max(paper.parent(), car.recordSeq()));
        }
        car.registered(seq);
        delivered.add(car);
        return new Fact(car.vin(), car.record(now), paper.parent());
    }

    /** The vehicle that should have been charged by now and waits longest, if any. */
    @Nullable
    Car wantsCharge(long seq, long micros) {
        deliver(seq, micros);
        return next(charges, micros);
    }

    /** The vehicle whose report is due, if any. */
    @Nullable
    Car wantsReport(long seq, long micros) {
        deliver(seq, micros);
        return next(reports, micros);
    }

    /** Some vehicle on the road, if there is one. */
    @Nullable
    Car draw() {
        return known.isEmpty() ? null : dice.oneOf(known);
    }

    void chargeAgain(Car car, long at) {
        charges.add(new Turn(at, ++turns, car));
    }

    /** Every quarter of an hour or so. */
    void reportAgain(Car car, long micros) {
        reports.add(new Turn(micros + dice.within(8 * MINUTE, 20 * MINUTE), ++turns, car));
    }

    private Car build(Account owner, Item item, Instant soldAt) {
        VehicleSpec spec = item.spec();
        return new Car(Vin.of(++built), owner, item, spec, soldAt, micros(soldAt), dice);
    }

    private void deliver(long seq, long micros) {
        while (!delivered.isEmpty() && delivered.getFirst().recordSeq() + DELIVERED_AFTER <= seq) {
            drive(delivered.removeFirst(), micros);
        }
    }

    private void drive(Car car, long micros) {
        if (known.size() < MOST) {
            known.add(car);
            chargeAgain(car, Math.max(micros, car.wantsCharge(dice)));
            reports.add(new Turn(micros + dice.within(0, 15 * MINUTE), ++turns, car));
        }
    }

    private static @Nullable Car next(PriorityQueue<Turn> queue, long micros) {
        for (Turn turn = queue.peek(); turn != null && turn.at() <= micros; turn = queue.peek()) {
            queue.remove();
            if (!turn.car().returned()) {
                return turn.car();
            }
        }
        return null;
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
