package dev.firn.generator.sequence;

import dev.firn.futuremobility.raw.Activity;
import dev.firn.futuremobility.raw.ChargingSession;
import dev.firn.futuremobility.raw.Customer;
import dev.firn.futuremobility.raw.FiscalDay;
import dev.firn.futuremobility.raw.FxRate;
import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.Review;
import dev.firn.futuremobility.raw.Station;
import dev.firn.futuremobility.raw.Transaction;
import dev.firn.futuremobility.raw.Vehicle;
import dev.firn.futuremobility.raw.VehicleHealth;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** A topic that the generator writes. */
public enum Topic {
    ACTIVITY("activity", "silver.activity_events", Activity.class),
    TRANSACTIONS("transactions", "silver.fact_transactions", Transaction.class),
    CUSTOMERS("customers", "silver.dim_customer", Customer.class),
    PRODUCTS("products", "silver.dim_product", Product.class),
    FX_RATES("fx_rates", "firn-processor.fx_rates", FxRate.class),
    FISCAL_CALENDAR("fiscal_calendar", "silver.dim_date", FiscalDay.class),
    STATIONS("stations", "silver.dim_station", Station.class),
    VEHICLES("vehicles", "silver.dim_vehicle", Vehicle.class),
    CHARGING_SESSIONS("charging_sessions", "silver.charging_sessions", ChargingSession.class),
    VEHICLE_HEALTH("vehicle_health", "silver.vehicle_health", VehicleHealth.class),
    REVIEWS("reviews", "silver.reviews", Review.class);

    private final String table;
    private final @Nullable String processed;
    private final Class<? extends SpecificRecord> type;

    Topic(String table, @Nullable String processed, Class<? extends SpecificRecord> type) {
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

    /** What the processor makes of it: a topic, and for facts a table; null where no truth is told about that. */
    public @Nullable String processed() {
        return processed;
    }

    /** The class of its records. */
    public Class<? extends SpecificRecord> type() {
        return type;
    }

    /** The topic of such a record. */
    static Topic of(SpecificRecord record) {
        for (Topic topic : values()) {
            if (topic.type.isInstance(record)) {
                return topic;
            }
        }
        throw new IllegalArgumentException("no topic for " + record.getSchema().getFullName());
    }

    public Schema schema() {
        return SpecificData.get().getSchema(type);
    }
}
