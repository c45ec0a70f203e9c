package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.FiscalDay;
import dev.firn.futuremobility.raw.FxRate;
import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.Transaction;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** {@code silver.fact_transactions}: valid transactions at the rate in force at their time. */
final class FactTransactions {
    private static final String TABLE = "silver.fact_transactions";
    private static final Duration KEPT = Duration.ofDays(7);
    private static final BigDecimal ONE = new BigDecimal("1.00000000");

    private final Map<String, NavigableMap<Instant, BigDecimal>> rates = new HashMap<>();
    private final Map<LocalDate, FiscalDay> calendar = new HashMap<>();
    private final Map<String, Product> products = new HashMap<>();
    private final ExpectedTable<Measured> table = ExpectedTable.of(TABLE, columns())
            .count("large orders", "is_large_order", Measured::isLargeOrder)
            .count("small deals", "deal_size = 'Small'", row -> row.dealSize().equals("Small"))
            .count("medium deals", "deal_size = 'Medium'", row -> row.dealSize().equals("Medium"))
            .count("large deals", "deal_size = 'Large'", row -> row.dealSize().equals("Large"))
            .count("refunds", "transaction_type = 'Refund'", Measured::isRefund)
            .money("USD of all", "amount_usd", Measured::amountUsd, null, row -> true)
            .money("net USD of all", "net_amount_usd", Measured::netAmountUsd, null, row -> true)
            .money(
                    "net USD of refunds",
                    "net_amount_usd",
                    Measured::netAmountUsd,
                    "transaction_type = 'Refund'",
                    Measured::isRefund)
            .money("restocking fees in USD", "restocking_fee_usd", Measured::restockingFeeUsd, null, row -> true);

    void rate(FxRate rate) {
        if (rate.getQuote().equals("USD")) {
            NavigableMap<Instant, BigDecimal> ofBase = rates.computeIfAbsent(rate.getBase(), base -> new TreeMap<>());
            ofBase.put(rate.getAsOf(), rate.getRate());
            ofBase.headMap(rate.getAsOf().minus(KEPT)).clear();
        }
    }

    void day(FiscalDay day) {
        calendar.put(day.getDate(), day);
    }

    /** Only what never changes of a product is looked at. */
    void product(Product product) {
        products.put(product.getProductId(), product);
    }

    /** Takes in a valid transaction; its row. */
    Measured add(Transaction transaction) {
        LocalDate date = LocalDate.ofInstant(transaction.getTransactionTime(), ZoneOffset.UTC);
        FiscalDay day = calendar.get(date);
        Product product = products.get(transaction.getProductId());
        if (day == null || product == null) {
            throw new IllegalStateException(
                    "the sequence holds no fiscal day or no product for " + transaction.getTransactionId());
        }
        Measured row = Measured.of(transaction, product, day, inForce(transaction));
        table.add(row);
        return row;
    }

    List<Expectation> expectations() {
        return table.expectations();
    }

    private BigDecimal inForce(Transaction transaction) {
        if (transaction.getCurrency().equals("USD")) {
            return ONE;
        }
        var ofBase = rates.get(transaction.getCurrency());
        var rate = ofBase == null ? null : ofBase.floorEntry(transaction.getTransactionTime());
        if (rate == null) {
            throw new IllegalStateException("the sequence holds no rate for " + transaction.getTransactionId());
        }
        return rate.getValue();
    }

    private static Columns<Measured> columns() {
        return new Columns<Measured>()
                .text("transaction_id", row -> row.transaction().getTransactionId())
                .text("order_number", row -> row.transaction().getOrderNumber())
                .number("line", row -> row.transaction().getLine())
                .text("customer_id", row -> row.transaction().getCustomerId())
                .text("product_id", row -> row.transaction().getProductId())
                .number("quantity", row -> row.transaction().getQuantity())
                .decimal("unit_price", row -> row.transaction().getUnitPrice())
                .decimal("amount", row -> row.transaction().getAmount())
                .text("currency", row -> row.transaction().getCurrency())
                .text("territory", row -> row.transaction().getTerritory())
                .text("status", row -> row.transaction().getStatus())
                .text("channel", row -> row.transaction().getChannel())
                .text("payment_method", row -> row.transaction().getPaymentMethod())
                .text("refunds_transaction_id", row -> row.transaction().getRefundsTransactionId())
                .time("transaction_time", row -> row.transaction().getTransactionTime())
                .text("transaction_date", row -> row.date().toString())
                .text("transaction_type", row -> row.isRefund() ? "Refund" : "Sale")
                .decimal("restocking_fee", Measured::restockingFee)
                .decimal("net_amount", Measured::netAmount)
                .decimal("fx_rate", Measured::fxRate)
                .decimal("unit_price_usd", Measured::unitPriceUsd)
                .decimal("amount_usd", Measured::amountUsd)
                .decimal("restocking_fee_usd", Measured::restockingFeeUsd)
                .decimal("net_amount_usd", Measured::netAmountUsd)
                .flag("is_large_order", Measured::isLargeOrder)
                .text("deal_size", Measured::dealSize)
                .text("product_name", row -> row.product().getName())
                .text("product_family", row -> row.product().getFamily())
                .text("product_kind", row -> row.product().getKind())
                .number("fiscal_year", row -> row.fiscal().getFiscalYear())
                .number("fiscal_quarter", row -> row.fiscal().getFiscalQuarter())
                .number("fiscal_month", row -> row.fiscal().getFiscalMonth())
                .number("fiscal_week", row -> row.fiscal().getFiscalWeek());
    }
}
