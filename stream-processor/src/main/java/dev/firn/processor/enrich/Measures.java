package dev.firn.processor.enrich;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What follows from a transaction's amount and the rate to US dollars.
 *
 * @param type Sale or Refund, by the sign
 * @param restockingFee a tenth of a refund's absolute amount, which the company keeps; else 0
 * @param isLargeOrder from 5,000 US dollars
 * @param dealSize by the absolute amount in US dollars: Small < 1,000 <= Medium < 5,000 <= Large
 */
record Measures(
        String type,
        BigDecimal restockingFee,
        BigDecimal netAmount,
        BigDecimal amountUsd,
        BigDecimal restockingFeeUsd,
        BigDecimal netAmountUsd,
        boolean isLargeOrder,
        String dealSize) {

    static final int MONEY_SCALE = 2;

    private static final int MONEY_DIGITS = 12;

    private static final BigDecimal FEE_SHARE = new BigDecimal("0.10");
    private static final BigDecimal MEDIUM = new BigDecimal("1000");
    private static final BigDecimal LARGE = new BigDecimal("5000");

    static Measures of(BigDecimal amount, BigDecimal rate) {
        boolean refund = amount.signum() < 0;
        BigDecimal fee = refund ? money(amount.abs().multiply(FEE_SHARE)) : money(BigDecimal.ZERO);
        BigDecimal amountUsd = convert(amount, rate);
        BigDecimal feeUsd = convert(fee, rate);
        return new Measures(
                refund ? "Refund" : "Sale",
                fee,
                amount.add(fee),
                amountUsd,
                feeUsd,
                amountUsd.add(feeUsd),
                amountUsd.compareTo(LARGE) >= 0,
                dealSize(amountUsd.abs()));
    }

    /** In US dollars and cents, half up. */
    static BigDecimal convert(BigDecimal amount, BigDecimal rate) {
        return money(amount.multiply(rate));
    }

    private static BigDecimal money(BigDecimal value) {
        BigDecimal money = value.setScale(MONEY_SCALE, RoundingMode.HALF_UP);
        if (money.precision() > MONEY_DIGITS) {
            // no column takes it, and what adds up sales must not be the first to see it
            throw new ArithmeticException("more than " + MONEY_DIGITS + " digits of money");
        }
        return money;
    }

    private static String dealSize(BigDecimal usd) {
        if (usd.compareTo(MEDIUM) < 0) {
            return "Small";
        }
        return usd.compareTo(LARGE) < 0 ? "Medium" : "Large";
    }
}
