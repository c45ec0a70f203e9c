package dev.firn.processor.enrich;

import dev.firn.contract.Contracts;
import dev.firn.processor.pack.Decimals;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** Rows of {@code silver.fact_transactions}: what is joined and computed. */
public final class FactRow {
    public static final Schema SCHEMA = Contracts.schema("silver.fact_transactions");

    /** Fields that don't come from the record itself. */
    public static final List<String> FILLED = List.of(
            "transaction_date",
            "transaction_type",
            "restocking_fee",
            "net_amount",
            "fx_rate",
            "unit_price_usd",
            "amount_usd",
            "restocking_fee_usd",
            "net_amount_usd",
            "is_large_order",
            "deal_size",
            "customer_tier",
            "customer_country",
            "product_name",
            "product_family",
            "product_kind",
            "fiscal_year",
            "fiscal_quarter",
            "fiscal_month",
            "fiscal_week");

    private static final int MONEY = Measures.MONEY_SCALE;

    private FactRow() {}

    /** The UTC date of the transaction, in days since 1970. */
    static int date(GenericRecord row) {
        return (int) Math.floorDiv((Long) row.get("transaction_time"), TimeUnit.DAYS.toMicros(1));
    }

    static void join(GenericRecord row, Customer customer, Product product, FiscalDate fiscal) {
        row.put("customer_tier", customer.tier());
        row.put("customer_country", customer.country());
        row.put("product_name", product.name());
        row.put("product_family", product.family());
        row.put("product_kind", product.kind());
        row.put("fiscal_year", fiscal.year());
        row.put("fiscal_quarter", fiscal.quarter());
        row.put("fiscal_month", fiscal.month());
        row.put("fiscal_week", fiscal.week());
    }

    static void measure(GenericRecord row, BigDecimal rate) {
        BigDecimal unitPrice = Decimals.of(row.get("unit_price"), MONEY);
        Measures of = Measures.of(Decimals.of(row.get("amount"), MONEY), rate);
        row.put("transaction_date", date(row));
        row.put("transaction_type", new Utf8(of.type()));
        row.put("restocking_fee", Decimals.bytes(of.restockingFee(), MONEY));
        row.put("net_amount", Decimals.bytes(of.netAmount(), MONEY));
        row.put("fx_rate", Decimals.bytes(rate, Rate.SCALE));
        row.put("unit_price_usd", Decimals.bytes(Measures.convert(unitPrice, rate), MONEY));
        row.put("amount_usd", Decimals.bytes(of.amountUsd(), MONEY));
        row.put("restocking_fee_usd", Decimals.bytes(of.restockingFeeUsd(), MONEY));
        row.put("net_amount_usd", Decimals.bytes(of.netAmountUsd(), MONEY));
        row.put("is_large_order", of.isLargeOrder());
        row.put("deal_size", new Utf8(of.dealSize()));
    }
}
