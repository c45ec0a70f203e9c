package dev.firn.generator.truth;

import static dev.firn.generator.truth.SentRecord.decimal;
import static dev.firn.generator.truth.SentRecord.number;
import static dev.firn.generator.truth.SentRecord.text;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** The dimensions, worked out by SQL from the valid updates in the order in which they were sent. */
final class NaiveDimensions {
    private final List<Object[]> customers = new ArrayList<>();
    private final List<Object[]> products = new ArrayList<>();
    private final List<Object[]> stations = new ArrayList<>();
    private final List<Object[]> vehicles = new ArrayList<>();

    void customer(GenericRecord r) {
        customers.add(new Object[] {
            customers.size(),
            number(r, "updated_at"),
            text(r, "customer_id"),
            text(r, "first_name"),
            text(r, "last_name"),
            text(r, "email"),
            text(r, "phone"),
            text(r, "company"),
            text(r, "address.city"),
            text(r, "address.state"),
            text(r, "address.postal_code"),
            text(r, "address.country"),
            text(r, "loyalty_tier"),
            r.get("marketing_consent"),
            number(r, "created_at")
        });
    }

    void product(GenericRecord r) {
        products.add(new Object[] {
            products.size(),
            number(r, "updated_at"),
            text(r, "product_id"),
            text(r, "name"),
            text(r, "family"),
            text(r, "family_name"),
            text(r, "kind"),
            decimal(r, "list_price", 2),
            text(r, "currency"),
            text(r, "vehicle.model"),
            SentRecord.at(r, "vehicle.battery_capacity_kwh"),
            SentRecord.at(r, "vehicle.range_km"),
            text(r, "vehicle.drivetrain")
        });
    }

    void station(GenericRecord r) {
        stations.add(new Object[] {
            stations.size(),
            number(r, "updated_at"),
            text(r, "station_id"),
            text(r, "name"),
            text(r, "location.country"),
            text(r, "location.region"),
            text(r, "location.city"),
            SentRecord.at(r, "location.latitude"),
            SentRecord.at(r, "location.longitude"),
            json(r, "connectors"),
            r.get("capacity"),
            text(r, "status")
        });
    }

    void vehicle(GenericRecord r) {
        vehicles.add(new Object[] {
            vehicles.size(),
            number(r, "updated_at"),
            text(r, "vehicle_id"),
            text(r, "product_id"),
            text(r, "customer_id"),
            text(r, "colour"),
            r.get("built_on"),
            number(r, "sold_at"),
            text(r, "status")
        });
    }

    private static @Nullable String json(GenericRecord record, String field) {
        return GenericData.get().toString(record.get(field));
    }

    void fill(DuckTables duck) throws SQLException {
        fill(
                duck,
                "customer",
                "first_name VARCHAR, last_name VARCHAR, email VARCHAR, phone VARCHAR, company VARCHAR, address_city"
                        + " VARCHAR, address_state VARCHAR, address_postal_code VARCHAR, address_country VARCHAR,"
                        + " loyalty_tier VARCHAR, marketing_consent BOOLEAN, created_at BIGINT",
                List.of(
                        "first_name",
                        "last_name",
                        "phone",
                        "company",
                        "address_city",
                        "address_state",
                        "address_postal_code"),
                "make_timestamptz(created_at) AS created_at",
                customers);
        fill(
                duck,
                "product",
                "name VARCHAR, family VARCHAR, family_name VARCHAR, kind VARCHAR, list_price DECIMAL(12,2), currency"
                        + " VARCHAR, vehicle_model VARCHAR, vehicle_battery_capacity_kwh DOUBLE, vehicle_range_km"
                        + " INTEGER, vehicle_drivetrain VARCHAR",
                List.of(),
                "name AS name",
                products);
        fill(
                duck,
                "station",
                "name VARCHAR, location_country VARCHAR, location_region VARCHAR, location_city VARCHAR,"
                        + " location_latitude DOUBLE, location_longitude DOUBLE, connectors VARCHAR, capacity INTEGER,"
                        + " status VARCHAR",
                List.of(),
                "CAST(connectors AS JSON[]) AS connectors",
                stations);
        String product = "(SELECT any_value(p.%s) FROM product_updates p WHERE p.product_id = changed.product_id) AS ";
        fill(
                duck,
                "vehicle",
                "product_id VARCHAR, customer_id VARCHAR, colour VARCHAR, built_on INTEGER, sold_at BIGINT, status"
                        + " VARCHAR",
                List.of(),
                "DATE '1970-01-01' + built_on AS built_on, make_timestamptz(sold_at) AS sold_at",
                vehicles);
        duck.execute("CREATE OR REPLACE TABLE silver.dim_vehicle AS SELECT changed.*, "
                + String.format(product, "name") + "product_name, "
                + String.format(product, "family") + "product_family, "
                + String.format(product, "vehicle_model") + "model FROM silver.dim_vehicle changed");
    }

    private static void fill(
            DuckTables duck, String name, String attributes, List<String> masked, String typed, List<Object[]> rows)
            throws SQLException {
        String updates = name + "_updates";
        String id = name + "_id";
        duck.execute(
                "CREATE TABLE " + updates + " (seq INTEGER, since BIGINT, " + id + " VARCHAR, " + attributes + ")");
        if (!rows.isEmpty()) {
            duck.insert(updates, DuckTables.plain(rows.get(0).length), rows);
        }
        for (String column : masked) {
            duck.execute("UPDATE " + updates + " SET " + column + " = regexp_replace(" + column
                    + ", '[\\pL\\p{Nd}]', '*', 'g')");
        }
        duck.execute("CREATE TABLE silver.dim_" + name + " AS WITH "
                + "valid AS (SELECT * FROM " + updates + " QUALIFY row_number() OVER (PARTITION BY " + id
                + ", since ORDER BY seq DESC) = 1), "
                + "told AS (SELECT seq, CAST(struct_pack(*COLUMNS(* EXCLUDE (seq, since))) AS VARCHAR) AS what"
                + " FROM valid), "
                + "changed AS (SELECT valid.* FROM valid JOIN told USING (seq) QUALIFY what IS DISTINCT FROM "
                + "lag(what) OVER (PARTITION BY " + id + " ORDER BY since)) "
                + "SELECT * EXCLUDE (since) REPLACE (" + typed + "), "
                + "substr(sha256(" + id + " || '|' || since), 1, 32) AS " + name + "_key, "
                + "row_number() OVER w AS version, make_timestamptz(since) AS valid_from, "
                + "make_timestamptz(lead(since) OVER w) AS valid_to, lead(since) OVER w IS NULL AS is_current "
                + "FROM changed WINDOW w AS (PARTITION BY " + id + " ORDER BY since)");
    }
}
