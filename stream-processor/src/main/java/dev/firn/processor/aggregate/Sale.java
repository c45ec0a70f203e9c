package dev.firn.processor.aggregate;

import dev.firn.processor.pack.Decimals;
import java.math.BigInteger;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** What aggregates need of a row of {@code silver.fact_transactions}: a sale, or a refund.
 *
 * @param cents of US dollars; negative where it is a refund
 * @param date in days since 1970, UTC
 */
record Sale(
        Utf8 customer,
        Utf8 product,
        Utf8 order,
        Utf8 territory,
        Utf8 family,
        boolean isRefund,
        long quantity,
        long cents,
        long feeCents,
        int date,
        Fiscal fiscal) {
    /** Where the date lies in the fiscal calendar. */
    record Fiscal(int year, int quarter, int month, int week) {}

    private static final Utf8 REFUND = new Utf8("Refund");

    static Sale of(GenericRecord row) {
        return new Sale(
                (Utf8) row.get("customer_id"),
                (Utf8) row.get("product_id"),
                (Utf8) row.get("order_number"),
                (Utf8) row.get("territory"),
                (Utf8) row.get("product_family"),
                REFUND.equals(row.get("transaction_type")),
                (Integer) row.get("quantity"),
                cents(row.get("amount_usd")),
                cents(row.get("restocking_fee_usd")),
                (Integer) row.get("transaction_date"),
                new Fiscal(
                        (Integer) row.get("fiscal_year"),
                        (Integer) row.get("fiscal_quarter"),
                        (Integer) row.get("fiscal_month"),
                        (Integer) row.get("fiscal_week")));
    }

    private static long cents(Object money) {
        return new BigInteger(Decimals.unscaled(money)).longValueExact();
    }
}
