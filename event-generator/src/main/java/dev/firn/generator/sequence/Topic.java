package dev.firn.generator.sequence;

import dev.firn.futuremobility.raw.Activity;
import dev.firn.futuremobility.raw.Customer;
import dev.firn.futuremobility.raw.FxRate;
import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.Transaction;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** A topic that the generator writes. */
public enum Topic {
    ACTIVITY("activity", "silver.activity_events", Activity.class),
    TRANSACTIONS("transactions", "silver.fact_transactions", Transaction.class),
    CUSTOMERS("customers", "firn-processor.customers", Customer.class),
    PRODUCTS("products", "firn-processor.products", Product.class),
    FX_RATES("fx_rates", "firn-processor.fx_rates", FxRate.class);

    private final String table;
    private final String processed;
    private final Class<? extends SpecificRecord> type;

    Topic(String table, String processed, Class<? extends SpecificRecord> type) {
        this.table = table;
        this.processed = processed;
        this.type = type;
    }

    /** Its name in Kafka. */
    public String text() {
        return "raw." + table;
    }

    /** The table that the sink makes of it. */
    public String bronze() {
        return "bronze." + table;
    }

    /** What the processor makes of it: a topic, and for facts a table. */
    public String processed() {
        return processed;
    }

    /** The class of its records. */
    public Class<? extends SpecificRecord> type() {
        return type;
    }

    public Schema schema() {
        return SpecificData.get().getSchema(type);
    }
}
