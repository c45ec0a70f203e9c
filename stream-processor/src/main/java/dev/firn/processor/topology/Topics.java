package dev.firn.processor.topology;

import dev.firn.processor.aggregate.Tables;
import java.util.List;
import java.util.stream.Stream;

/** Names of the topics that the processor reads and writes. */
public final class Topics {
    public static final String RAW_ACTIVITY = "raw.activity";
    public static final String RAW_TRANSACTIONS = "raw.transactions";
    public static final String RAW_CUSTOMERS = "raw.customers";
    public static final String RAW_PRODUCTS = "raw.products";
    public static final String RAW_FX_RATES = "raw.fx_rates";
    public static final String RAW_FISCAL_CALENDAR = "raw.fiscal_calendar";
    public static final String RAW_STATIONS = "raw.stations";
    public static final String RAW_VEHICLES = "raw.vehicles";
    public static final String RAW_CHARGING = "raw.charging_sessions";
    public static final String RAW_HEALTH = "raw.vehicle_health";
    public static final String RAW_REVIEWS = "raw.reviews";

    public static final String SILVER_ACTIVITY = "silver.activity_events";
    public static final String SILVER_TRANSACTIONS = "silver.fact_transactions";
    public static final String DIM_CUSTOMER = "silver.dim_customer";
    public static final String DIM_PRODUCT = "silver.dim_product";
    public static final String DIM_STATION = "silver.dim_station";
    public static final String DIM_VEHICLE = "silver.dim_vehicle";
    public static final String DIM_DATE = "silver.dim_date";
    public static final String SILVER_CHARGING = "silver.charging_sessions";
    public static final String SILVER_HEALTH = "silver.vehicle_health";
    public static final String SILVER_REVIEWS = "silver.reviews";
    public static final String GOLD_MINUTES = "gold.activity_by_minute";
    public static final String GOLD_TRENDING = "gold.trending_products";
    public static final String GOLD_SESSIONS = "gold.web_sessions";
    public static final String GOLD_STATIONS = "gold.station_utilization";
    public static final String GOLD_ALERTS = "gold.vehicle_alerts";
    public static final String QUARANTINE = "ops.quarantine";
    public static final String QUALITY = "ops.quality_by_minute";

    /** Entities, cleaned, each topic the source of a global store. */
    public static final String CUSTOMERS = "firn-processor.customers";

    public static final String PRODUCTS = "firn-processor.products";
    public static final String FX_RATES = "firn-processor.fx_rates";
    public static final String FISCAL_CALENDAR = "firn-processor.fiscal_calendar";
    public static final String STATIONS = "firn-processor.stations";
    public static final String VEHICLES = "firn-processor.vehicles";

    /** From the tasks of the raw partitions to those that fold minutes. */
    public static final String MINUTES = "firn-processor.minutes";

    /** The same, for products that trend. */
    public static final String TRENDS = "firn-processor.trends";

    /** Sums of the raw partitions, on their way to the tasks that merge them. */
    public static final String SALES = "firn-processor.sales";

    /** From some tasks to others. */
    public static final List<String> INTERNAL = List.of(MINUTES, TRENDS, SALES);

    /** Whose partitions are waited for by what is made of all of them. */
    public static final List<String> AWAITED = List.of(RAW_ACTIVITY, RAW_TRANSACTIONS);

    public static final List<String> RAW = List.of(
            RAW_ACTIVITY,
            RAW_TRANSACTIONS,
            RAW_CUSTOMERS,
            RAW_PRODUCTS,
            RAW_FX_RATES,
            RAW_FISCAL_CALENDAR,
            RAW_STATIONS,
            RAW_VEHICLES,
            RAW_CHARGING,
            RAW_HEALTH,
            RAW_REVIEWS);

    /** Whose values are Avro, with their schema under the topic's name. */
    public static final List<String> REGISTERED = Stream.concat(
                    Stream.of(
                            SILVER_ACTIVITY,
                            SILVER_TRANSACTIONS,
                            DIM_CUSTOMER,
                            DIM_PRODUCT,
                            DIM_STATION,
                            DIM_VEHICLE,
                            DIM_DATE,
                            SILVER_CHARGING,
                            SILVER_HEALTH,
                            SILVER_REVIEWS,
                            GOLD_MINUTES,
                            GOLD_TRENDING,
                            GOLD_SESSIONS,
                            GOLD_STATIONS,
                            GOLD_ALERTS,
                            QUARANTINE,
                            QUALITY,
                            Tables.LOCAL_TOPIC),
                    Tables.MERGED_TOPICS.stream())
            .toList();

    public static final List<String> REFERENCES =
            List.of(CUSTOMERS, PRODUCTS, FX_RATES, FISCAL_CALENDAR, STATIONS, VEHICLES);

    private Topics() {}
}
