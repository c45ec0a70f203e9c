package dev.firn.generator.truth;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What some sales and refunds come to, in US dollars. */
final class SalesTotal {
    private BigDecimal sales = new BigDecimal("0.00");
    private BigDecimal refunds = new BigDecimal("0.00");
    private BigDecimal fees = new BigDecimal("0.00");
    private long sold;
    private long returned;
    private long orders;
    private long counted;
    private @Nullable LocalDate lastOrder;
    private Set<String> seen = new HashSet<>();

    void add(Measured row, boolean isNewOrder) {
        fees = fees.add(row.restockingFeeUsd());
        if (row.isRefund()) {
            refunds = refunds.subtract(row.amountUsd());
            returned += row.transaction().getQuantity();
            return;
        }
        sales = sales.add(row.amountUsd());
        sold += row.transaction().getQuantity();
        orders += isNewOrder ? 1 : 0;
        lastOrder = lastOrder == null || row.date().isAfter(lastOrder) ? row.date() : lastOrder;
    }

    /** Counts what was not counted yet. */
    void count(String id) {
        counted += seen.add(id) ? 1 : 0;
    }

    /** Nothing more will be counted. */
    void stopCounting() {
        seen = new HashSet<>();
    }

    BigDecimal sales() {
        return sales;
    }

    BigDecimal refunds() {
        return refunds;
    }

    BigDecimal fees() {
        return fees;
    }

    BigDecimal revenue() {
        return sales.subtract(refunds);
    }

    BigDecimal net() {
        return revenue().add(fees);
    }

    long sold() {
        return sold;
    }

    long returned() {
        return returned;
    }

    long orders() {
        return orders;
    }

    long counted() {
        return counted;
    }

    @Nullable
    String lastOrderText() {
        return lastOrder == null ? null : lastOrder.toString();
    }

    /** Half up to the cent, or null where there is nothing to divide by. */
    static @Nullable BigDecimal average(BigDecimal of, long count) {
        return count == 0 ? null : of.divide(BigDecimal.valueOf(count), 2, RoundingMode.HALF_UP);
    }
}
