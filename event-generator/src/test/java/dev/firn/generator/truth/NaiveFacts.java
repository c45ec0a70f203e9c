package dev.firn.generator.truth;

import static dev.firn.generator.truth.SentRecord.at;
import static dev.firn.generator.truth.SentRecord.decimal;
import static dev.firn.generator.truth.SentRecord.number;
import static dev.firn.generator.truth.SentRecord.text;

import dev.firn.generator.sequence.Topic;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;

/** Facts, joined and measured by SQL from what was sent. Wants the dimensions to be there. */
final class NaiveFacts {
    private static final long GRACE = 5 * 60_000_000L;
    private static final Map<Topic, String> TIMES = Map.of(
            Topic.CHARGING_SESSIONS, "ended_at", Topic.VEHICLE_HEALTH, "reported_at", Topic.REVIEWS, "reviewed_at");

    /** As of the last session that took its partition's watermark past a quarter of an hour. */
    private static final String STATION_UTILIZATION = """
            CREATE MACRO quarter(t) AS t // 900000000 * 900000000;
            CREATE MACRO spent(t, f, e) AS greatest(0, least(t, e) - f);
            CREATE MACRO drawn(t, f, e, mwh) AS
              CASE WHEN e > f THEN mwh * spent(t, f, e) // (e - f) WHEN t > e THEN mwh ELSE 0 END;
            CREATE TABLE gold.station_utilization AS WITH
            s AS (SELECT *, least(started, ended) AS f, quarter(watermark) AS closed,
              CAST(round(energy_kwh * 1000000) AS HUGEINT) AS mwh
              FROM silver.charging_sessions JOIN stood USING (session_id) WHERE NOT is_late),
            closing AS (SELECT part, closed AS until, min(seq) AS upto FROM s GROUP BY part, closed
              QUALIFY closed = max(closed) OVER (PARTITION BY part)),
            w AS (SELECT *, unnest(generate_series(
                greatest(quarter(f), quarter(watermark - 86400000000)), greatest(f, ended - 1), 900000000)) AS start
              FROM s JOIN closing USING (part) WHERE seq <= upto)
            SELECT make_timestamptz(start) AS window_start, make_timestamptz(start + 900000000) AS window_end,
              * EXCLUDE (start, busy, able, mwh), ((2 * mwh + 1000) // 2000) / 1000 AS energy_kwh,
              ((20000 * busy + able) // (2 * able)) / 10000 AS busy_share,
              CASE WHEN busy > 0 THEN ((2 * mwh * 3600000 + busy) // (2 * busy)) / 1000 END AS average_kw
            FROM (SELECT start, station_id, any_value(station_name) AS station_name,
                any_value(station_city) AS station_city, any_value(station_country) AS station_country,
                any_value(station_capacity) AS station_capacity, count(*) AS sessions,
                any_value(station_capacity::BIGINT) * 900000000 AS able,
                sum(spent(start + 900000000, f, ended) - spent(start, f, ended)) AS busy,
                sum(drawn(start + 900000000, f, ended, mwh) - drawn(start, f, ended, mwh)) AS mwh
              FROM w WHERE start + 900000000 <= until GROUP BY start, station_id)\
            """;

    private final Set<String> stations = new HashSet<>();
    private final Set<String> vehicles = new HashSet<>();
    private final Map<String, Long> newest = new HashMap<>();
    /** Number, partition and watermark of each charging session. */
    private final List<Object[]> sessions = new ArrayList<>();

    private final NaiveAlerts alerts = new NaiveAlerts();
    private final Map<Topic, List<Object[]>> facts = new EnumMap<>(Topic.class);

    void station(GenericRecord station) {
        stations.add(String.valueOf(text(station, "station_id")));
    }

    void vehicle(GenericRecord vehicle) {
        vehicles.add(String.valueOf(text(vehicle, "vehicle_id")));
    }

    Set<String> stations() {
        return stations;
    }

    Set<String> vehicles() {
        return vehicles;
    }

    void add(Topic topic, int partition, GenericRecord fact) {
        long time = number(fact, String.valueOf(TIMES.get(topic)));
        Long before = newest.get(topic + "" + partition);
        boolean late = before != null && time < before - GRACE;
        newest.merge(topic + "" + partition, time, Math::max);
        List<Object[]> all = facts.computeIfAbsent(topic, each -> new ArrayList<>());
        all.add(row(topic, fact, late));
        if (topic == Topic.CHARGING_SESSIONS) {
            long watermark = newest.getOrDefault(topic + "" + partition, time) - GRACE;
            sessions.add(new Object[] {text(fact, "session_id"), sessions.size(), partition, watermark});
        }
        if (topic == Topic.VEHICLE_HEALTH && !late) {
            alerts.add(fact);
        }
    }

    private static Object[] row(Topic topic, GenericRecord r, boolean late) {
        return switch (topic) {
            case CHARGING_SESSIONS ->
                new Object[] {
                    text(r, "session_id"), text(r, "station_id"), text(r, "connector_id"), text(r, "vehicle_id"),
                    text(r, "customer_id"), number(r, "started_at"), number(r, "ended_at"), r.get("energy_kwh"),
                    decimal(r, "price", 2), text(r, "currency"), ((List<?>) r.get("meter_values")).size(), late
                };
            case VEHICLE_HEALTH ->
                new Object[] {
                    text(r, "report_id"),
                    text(r, "vehicle_id"),
                    number(r, "reported_at"),
                    r.get("odometer_km"),
                    at(r, "battery.state_of_health"),
                    at(r, "battery.temperature_c"),
                    at(r, "battery.cycles"),
                    String.valueOf(at(r, "battery.cell_voltages")),
                    String.valueOf(r.get("tyres")),
                    ((List<?>) r.get("fault_codes")).size(),
                    r.get("service_due"),
                    late
                };
            default ->
                new Object[] {
                    text(r, "review_id"),
                    text(r, "product_id"),
                    text(r, "customer_id"),
                    text(r, "transaction_id"),
                    r.get("rating"),
                    text(r, "title"),
                    text(r, "text"),
                    number(r, "reviewed_at"),
                    late
                };
        };
    }

    void fill(DuckTables duck) throws SQLException {
        duck.execute("""
            CREATE TABLE charged (session_id VARCHAR, station_id VARCHAR, connector_id VARCHAR, vehicle_id VARCHAR,
              customer_id VARCHAR, started BIGINT, ended BIGINT, energy_kwh DOUBLE, price DECIMAL(12,2),
              currency VARCHAR, meters INTEGER, is_late BOOLEAN);
            CREATE TABLE reported (report_id VARCHAR, vehicle_id VARCHAR, reported BIGINT, odometer_km INTEGER,
              battery_state_of_health DOUBLE, battery_temperature_c DOUBLE, battery_cycles INTEGER, cells VARCHAR,
              tyres VARCHAR, faults INTEGER, service_due BOOLEAN, is_late BOOLEAN);
            CREATE TABLE reviewed (review_id VARCHAR, product_id VARCHAR, customer_id VARCHAR, transaction_id VARCHAR,
              rating INTEGER, title VARCHAR, "text" VARCHAR, reviewed BIGINT, is_late BOOLEAN)\
            """);
        duck.insert("charged", DuckTables.plain(12), facts.getOrDefault(Topic.CHARGING_SESSIONS, List.of()));
        duck.insert("reported", DuckTables.plain(12), facts.getOrDefault(Topic.VEHICLE_HEALTH, List.of()));
        duck.insert("reviewed", DuckTables.plain(9), facts.getOrDefault(Topic.REVIEWS, List.of()));
        duck.execute("""
            CREATE TABLE silver.charging_sessions AS
            SELECT c.*, make_timestamptz(started) AS started_at, make_timestamptz(ended) AS ended_at,
              range(meters) AS meter_values, s.name AS station_name, s.location_city AS station_city,
              s.location_country AS station_country, s.capacity AS station_capacity,
              k.type AS connector_type, k.max_kw AS connector_max_kw,
              v.product_id AS vehicle_product_id, v.model AS vehicle_model,
              greatest(0, (ended - started) // 1000000) AS duration_s,
              energy_kwh * 3600 / nullif(duration_s, 0) AS average_kw,
              CAST(CASE WHEN energy_kwh >= 0.001 THEN price / energy_kwh END AS DECIMAL(18,4)) AS price_per_kwh
            FROM charged c
            JOIN silver.dim_station s ON s.station_id = c.station_id AND s.is_current
            JOIN silver.dim_vehicle v ON v.vehicle_id = c.vehicle_id AND v.is_current
            LEFT JOIN (SELECT station_id, unnest(from_json(CAST(connectors AS JSON),
                '[{"connector_id": "VARCHAR", "type": "VARCHAR", "max_kw": "INTEGER"}]'), recursive := true)
              FROM silver.dim_station WHERE is_current) k
              ON k.station_id = c.station_id AND k.connector_id = c.connector_id;
            CREATE TABLE silver.vehicle_health AS
            SELECT r.*, make_timestamptz(reported) AS reported_at, range(faults) AS fault_codes,
              v.product_id AS vehicle_product_id, v.model AS vehicle_model, v.customer_id AS vehicle_customer_id,
              list_max(from_json(cells, '["DOUBLE"]')) - list_min(from_json(cells, '["DOUBLE"]')) AS cell_spread_v,
              list_max(list_transform(from_json(r.tyres, '[{"pressure_kpa": "INTEGER"}]'),
                lambda t: abs(t.pressure_kpa - 250))) AS tyre_pressure_deviation_kpa
            FROM reported r JOIN silver.dim_vehicle v ON v.vehicle_id = r.vehicle_id AND v.is_current;
            CREATE TABLE silver.reviews AS
            SELECT r.*, make_timestamptz(reviewed) AS reviewed_at, p.name AS product_name,
              p.family AS product_family, p.kind AS product_kind, length("text") AS review_length,
              CASE WHEN rating <= 2 THEN 'negative' WHEN rating = 3 THEN 'neutral' ELSE 'positive' END
                AS rating_bucket
            FROM reviewed r JOIN silver.dim_product p ON p.product_id = r.product_id AND p.is_current\
            """);
        duck.execute("CREATE TABLE stood (session_id VARCHAR, seq INTEGER, part INTEGER, watermark BIGINT)");
        duck.insert("stood", DuckTables.plain(4), sessions);
        duck.execute(STATION_UTILIZATION);
        alerts.fill(duck);
    }
}
