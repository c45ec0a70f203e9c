package dev.firn.generator.company;

import dev.firn.futuremobility.raw.Transaction;
import dev.firn.generator.chance.Dice;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Orders and refunds, line by line: first what the web shop's visitors have bought, then what is given back, and where
 * there is neither, what stores and partners sell.
 */
final class Orders {
    private static final double REFUNDED = 0.06;
    private static final int REFUND_AFTER = 1_500;
    private static final int REFUND_BEFORE = 20_000;
    private static final List<String> PAYMENTS = List.of("card", "card", "card", "transfer", "wallet", "financing");

    private record Line(Account account, Item item, String order, int number, String channel) {}

    private record Refund(
            long due,
            long saleSeq,
            Transaction sale,
            @Nullable Car car) {}

    private final Deque<Line> lines = new ArrayDeque<>();
    private final PriorityQueue<Refund> refunds =
            new PriorityQueue<>(Comparator.comparingLong(Refund::due).thenComparingLong(Refund::saleSeq));
    private final Customers customers;
    private final Catalogue catalogue;
    private final Fleet fleet;
    private final Reviews reviews;
    private final Dice dice;
    private final long seed;
    private long ordered;

    Orders(Customers customers, Catalogue catalogue, Fleet fleet, Reviews reviews, Dice dice) {
        this.customers = customers;
        this.catalogue = catalogue;
        this.fleet = fleet;
        this.reviews = reviews;
        this.dice = dice;
        this.seed = dice.nextLong();
    }

    /** A visitor's order, paid for. */
    void place(Account account, List<Item> items, String device) {
        add(account, items, device.equals("desktop") ? "web" : "mobile");
    }

    /** The next line or refund. */
    Fact next(long seq, Instant now) {
        Refund refund = refunds.peek();
        if (refund != null && refund.due() <= seq && lines.size() < 100) {
            refunds.remove();
            return refunded(refund, seq, now);
        }
        if (lines.isEmpty()) {
            add(customers.draw(seq), List.of(catalogue.draw(dice)), dice.chance(0.7) ? "store" : "partner");
        }
        return sold(lines.remove(), seq, now);
    }

    private void add(Account account, List<Item> items, String channel) {
        String order = "FM-" + (100_000_000 + ++ordered);
        int number = 0;
        for (Item item : items) {
            lines.add(new Line(account, item, order, ++number, channel));
        }
    }

    /** A sale that is of no consequence: nobody will give it back, and nobody remembers it. */
    Fact draft(long seq, Instant now) {
        Account account = customers.draw(seq);
        Line line = new Line(account, catalogue.draw(dice), "FM-" + (100_000_000 + ++ordered), 1, "partner");
        return new Fact(account.id(), sale(line, seq, now), account.recordSeq());
    }

    private Fact sold(Line line, long seq, Instant now) {
        Transaction sale = sale(line, seq, now);
        Car car = line.item().configurable() ? fleet.sold(line.account(), line.item(), seq, now) : null;
        boolean unhappy = dice.chance(REFUNDED);
        if (unhappy) {
            refunds.add(new Refund(seq + dice.between(REFUND_AFTER, REFUND_BEFORE), seq, sale, car));
        }
        reviews.bought(sale, seq, !unhappy);
        return new Fact(line.account().id(), sale, line.account().recordSeq());
    }

    private Transaction sale(Line line, long seq, Instant now) {
        Market market = line.account().market();
        int quantity = line.item().configurable() || dice.chance(0.8) ? 1 : dice.between(2, 5);
        BigDecimal price = market.currency().price(line.item().listPrice());
        return new Transaction(
                Id.of('t', seq, seed),
                line.order(),
                line.number(),
                line.account().id(),
                line.item().id(),
                quantity,
                price,
                price.multiply(BigDecimal.valueOf(quantity)),
                market.currency().name(),
                market.territory(),
                "completed",
                line.channel(),
                dice.oneOf(PAYMENTS),
                null,
                now);
    }

    private Fact refunded(Refund refund, long seq, Instant now) {
        Transaction sale = refund.sale();
        if (refund.car() != null) {
            fleet.returned(refund.car(), seq);
        }
        Transaction back = new Transaction(
                Id.of('t', seq, seed),
                sale.getOrderNumber(),
                sale.getLine(),
                sale.getCustomerId(),
                sale.getProductId(),
                sale.getQuantity(),
                sale.getUnitPrice(),
                sale.getAmount().negate(),
                sale.getCurrency(),
                sale.getTerritory(),
                "refunded",
                sale.getChannel(),
                sale.getPaymentMethod(),
                sale.getTransactionId(),
                now);
        // the sale came after whatever it refers to
        return new Fact(sale.getCustomerId(), back, refund.saleSeq());
    }
}
