package dev.firn.processor.aggregate;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;

/**
 * What some sales and refunds add up to, exactly: in cents of US dollars and in whole numbers. The order of adding leaves
 * no trace.
 *
 * @param refunds what was given back, as a positive number
 * @param fees kept of refunds
 * @param orders distinct ones with a sale
 * @param distinct of what else the table counts
 * @param lastOrder date of the newest sale, in days since 1970; {@link #NEVER} if there is none
 * @param newest date of the newest sale or refund
 */
record Sums(
        long sales,
        long refunds,
        long fees,
        long itemsSold,
        long itemsRefunded,
        long orders,
        long distinct,
        int lastOrder,
        int newest) {
    static final int NEVER = Integer.MIN_VALUE;
    static final Sums ZERO = new Sums(0, 0, 0, 0, 0, 0, 0, NEVER, NEVER);

    static Sums of(Sale sale, boolean isFirstOfOrder, boolean isFirstOfDistinct) {
        boolean refund = sale.isRefund();
        return new Sums(
                refund ? 0 : sale.cents(),
                refund ? -sale.cents() : 0,
                sale.feeCents(),
                refund ? 0 : sale.quantity(),
                refund ? sale.quantity() : 0,
                isFirstOfOrder ? 1 : 0,
                isFirstOfDistinct ? 1 : 0,
                refund ? NEVER : sale.date(),
                sale.date());
    }

    /** All of both.
     *
     * @throws ArithmeticException past 9.2e16 dollars
     */
    Sums plus(Sums other) {
        return new Sums(
                Math.addExact(sales, other.sales),
                Math.addExact(refunds, other.refunds),
                Math.addExact(fees, other.fees),
                itemsSold + other.itemsSold,
                itemsRefunded + other.itemsRefunded,
                orders + other.orders,
                distinct + other.distinct,
                Math.max(lastOrder, other.lastOrder),
                Math.max(newest, other.newest));
    }

    /** Sales less refunds, in cents. */
    long revenue() {
        return sales - refunds;
    }

    /** Sales less refunds, and the fees that were kept of them, in cents. */
    long net() {
        return revenue() + fees;
    }

    void pack(Packer out) {
        out.putLong(sales)
                .putLong(refunds)
                .putLong(fees)
                .putLong(itemsSold)
                .putLong(itemsRefunded)
                .putLong(orders)
                .putLong(distinct)
                .putLong(lastOrder)
                .putLong(newest);
    }

    /** Sums that were packed when the newest date was not have none. */
    static Sums unpack(Unpacker in) {
        return new Sums(
                in.takeLong(),
                in.takeLong(),
                in.takeLong(),
                in.takeLong(),
                in.takeLong(),
                in.takeLong(),
                in.takeLong(),
                (int) in.takeLong(),
                in.hasMore() ? (int) in.takeLong() : NEVER);
    }
}
