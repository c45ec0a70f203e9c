package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.Activity;
import dev.firn.futuremobility.raw.Customer;
import dev.firn.futuremobility.raw.FxRate;
import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.Transaction;
import dev.firn.generator.sequence.Event;
import dev.firn.generator.sequence.Topic;
import java.util.List;
import java.util.stream.Stream;

/** The bronze tables: whatever decodes, as it came, duplicates and broken rules included. */
final class Bronze {
    private final ExpectedTable<Activity> activity = ExpectedTable.of(Topic.ACTIVITY.bronze(), ofActivity());
    private final ExpectedTable<Transaction> transactions =
            ExpectedTable.of(Topic.TRANSACTIONS.bronze(), ofTransactions());
    private final ExpectedTable<Customer> customers = ExpectedTable.of(Topic.CUSTOMERS.bronze(), ofCustomers());
    private final ExpectedTable<Product> products = ExpectedTable.of(Topic.PRODUCTS.bronze(), ofProducts());
    private final ExpectedTable<FxRate> fxRates = ExpectedTable.of(Topic.FX_RATES.bronze(), ofFxRates());

    void add(Event event) {
        switch (event.topic()) {
            case ACTIVITY -> activity.add((Activity) event.record());
            case TRANSACTIONS -> transactions.add((Transaction) event.record());
            case CUSTOMERS -> customers.add((Customer) event.record());
            case PRODUCTS -> products.add((Product) event.record());
            case FX_RATES -> fxRates.add((FxRate) event.record());
        }
    }

    List<Expectation> expectations() {
        return Stream.of(activity, transactions, customers, products, fxRates)
                .flatMap(table -> table.expectations().stream())
                .toList();
    }

    private static Columns<Activity> ofActivity() {
        return new Columns<Activity>()
                .text("event_id", Activity::getEventId)
                .text("event_type", Activity::getEventType)
                .time("event_time", Activity::getEventTime)
                .text("\"session\".\"id\"", a -> a.getSession().getId())
                .text("\"user\".\"customer_id\"", a -> a.getUser().getCustomerId())
                .text("\"location\".\"country\"", a -> a.getLocation().getCountry())
                .number("engagement.dwell_ms", a -> a.getEngagement().getDwellMs());
    }

    private static Columns<Transaction> ofTransactions() {
        return new Columns<Transaction>()
                .text("transaction_id", Transaction::getTransactionId)
                .text("order_number", Transaction::getOrderNumber)
                .number("line", Transaction::getLine)
                .text("customer_id", Transaction::getCustomerId)
                .text("product_id", Transaction::getProductId)
                .number("quantity", Transaction::getQuantity)
                .decimal("unit_price", Transaction::getUnitPrice)
                .decimal("amount", Transaction::getAmount)
                .text("currency", Transaction::getCurrency)
                .text("territory", Transaction::getTerritory)
                .text("status", Transaction::getStatus)
                .text("channel", Transaction::getChannel)
                .text("payment_method", Transaction::getPaymentMethod)
                .text("refunds_transaction_id", Transaction::getRefundsTransactionId)
                .time("transaction_time", Transaction::getTransactionTime);
    }

    private static Columns<Customer> ofCustomers() {
        return new Columns<Customer>()
                .text("customer_id", Customer::getCustomerId)
                .text("loyalty_tier", Customer::getLoyaltyTier)
                .flag("marketing_consent", Customer::getMarketingConsent)
                .text("\"address\".\"country\"", c -> c.getAddress().getCountry())
                .time("created_at", Customer::getCreatedAt)
                .time("updated_at", Customer::getUpdatedAt);
    }

    private static Columns<Product> ofProducts() {
        return new Columns<Product>()
                .text("product_id", Product::getProductId)
                .text("name", Product::getName)
                .text("family", Product::getFamily)
                .text("kind", Product::getKind)
                .decimal("list_price", Product::getListPrice)
                .text("currency", Product::getCurrency)
                .time("updated_at", Product::getUpdatedAt);
    }

    private static Columns<FxRate> ofFxRates() {
        return new Columns<FxRate>()
                .text("base", FxRate::getBase)
                .text("quote", FxRate::getQuote)
                .decimal("rate", FxRate::getRate)
                .time("as_of", FxRate::getAsOf);
    }
}
