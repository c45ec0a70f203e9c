package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.FiscalDay;
import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.Transaction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/** A transaction with its product, its day of the fiscal calendar, and its measures, in its currency and in US dollars, each rounded to the cent by itself. */
record Measured(
        Transaction transaction,
        Product product,
        FiscalDay fiscal,
        BigDecimal fxRate,
        BigDecimal restockingFee,
        BigDecimal netAmount,
        BigDecimal unitPriceUsd,
        BigDecimal amountUsd,
        BigDecimal restockingFeeUsd,
        BigDecimal netAmountUsd) {
    private static final BigDecimal FEE = new BigDecimal("0.10");
    private static final BigDecimal MEDIUM = new BigDecimal("1000");
    private static final BigDecimal LARGE = new BigDecimal("5000");
    private static final BigDecimal NOTHING = new BigDecimal("0.00");

    static Measured of(Transaction transaction, Product product, FiscalDay fiscal, BigDecimal rate) {
        BigDecimal amount = transaction.getAmount();
        BigDecimal fee = amount.signum() < 0 ? cents(amount.abs().multiply(FEE)) : NOTHING;
        BigDecimal amountUsd = cents(amount.multiply(rate));
        BigDecimal feeUsd = cents(fee.multiply(rate));
        return new Measured(
                transaction,
                product,
                fiscal,
                rate,
                fee,
                amount.add(fee),
                cents(transaction.getUnitPrice().multiply(rate)),
                amountUsd,
                feeUsd,
                amountUsd.add(feeUsd));
    }

    boolean isRefund() {
        return transaction.getAmount().signum() < 0;
    }

    boolean isLargeOrder() {
        return amountUsd.compareTo(LARGE) >= 0;
    }

    String dealSize() {
        BigDecimal size = amountUsd.abs();
        if (size.compareTo(MEDIUM) < 0) {
            return "Small";
        }
        return size.compareTo(LARGE) < 0 ? "Medium" : "Large";
    }

    LocalDate date() {
        return fiscal.getDate();
    }

    private static BigDecimal cents(BigDecimal value) {
        return value.setScale(2, RoundingMode.HALF_UP);
    }
}
