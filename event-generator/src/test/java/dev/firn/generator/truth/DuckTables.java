package dev.firn.generator.truth;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;

/** Tables in memory, as they are named and typed in the warehouse, as far as a truth asks for their columns. */
final class DuckTables implements AutoCloseable {
    private static final String DDL = """
            CREATE SCHEMA bronze; CREATE SCHEMA silver; CREATE SCHEMA gold; CREATE SCHEMA ops;
            SET TimeZone = 'America/New_York';
            CREATE TABLE bronze.activity (event_id VARCHAR, event_type VARCHAR, event_time TIMESTAMPTZ,
              "session" STRUCT(id VARCHAR), "user" STRUCT(customer_id VARCHAR), "location" STRUCT(country VARCHAR),
              engagement STRUCT(dwell_ms BIGINT));
            CREATE TABLE bronze.transactions (transaction_id VARCHAR, order_number VARCHAR, line INTEGER,
              customer_id VARCHAR, product_id VARCHAR, quantity INTEGER, unit_price DECIMAL(12,2), amount DECIMAL(12,2),
              currency VARCHAR, territory VARCHAR, status VARCHAR, channel VARCHAR, payment_method VARCHAR,
              refunds_transaction_id VARCHAR, transaction_time TIMESTAMPTZ);
            CREATE TABLE bronze.customers (customer_id VARCHAR, loyalty_tier VARCHAR, marketing_consent BOOLEAN,
              "address" STRUCT(country VARCHAR), created_at TIMESTAMPTZ, updated_at TIMESTAMPTZ);
            CREATE TABLE bronze.products (product_id VARCHAR, name VARCHAR, family VARCHAR, kind VARCHAR,
              list_price DECIMAL(12,2), currency VARCHAR, updated_at TIMESTAMPTZ);
            CREATE TABLE bronze.fx_rates (base VARCHAR, quote VARCHAR, rate DECIMAL(18,8), as_of TIMESTAMPTZ);
            CREATE TABLE bronze.fiscal_calendar ("date" DATE, fiscal_year INTEGER, fiscal_quarter INTEGER,
              fiscal_month INTEGER, fiscal_week INTEGER, is_holiday BOOLEAN, holiday VARCHAR, updated_at TIMESTAMPTZ);
            CREATE TABLE bronze.stations (station_id VARCHAR, name VARCHAR, "location" STRUCT(city VARCHAR),
              connectors STRUCT(connector_id VARCHAR, max_kw INTEGER)[], capacity INTEGER, status VARCHAR,
              updated_at TIMESTAMPTZ);
            CREATE TABLE bronze.vehicles (vehicle_id VARCHAR, product_id VARCHAR, customer_id VARCHAR, colour VARCHAR,
              built_on DATE, sold_at TIMESTAMPTZ, status VARCHAR, updated_at TIMESTAMPTZ);
            CREATE TABLE bronze.charging_sessions (session_id VARCHAR, station_id VARCHAR, connector_id VARCHAR,
              vehicle_id VARCHAR, customer_id VARCHAR, started_at TIMESTAMPTZ, ended_at TIMESTAMPTZ, energy_kwh DOUBLE,
              price DECIMAL(12,2), currency VARCHAR,
              meter_values STRUCT("at" TIMESTAMPTZ, kw DOUBLE, state_of_charge INTEGER)[]);
            CREATE TABLE bronze.vehicle_health (report_id VARCHAR, vehicle_id VARCHAR, reported_at TIMESTAMPTZ,
              odometer_km INTEGER, battery STRUCT(state_of_health DOUBLE, state_of_charge DOUBLE, temperature_c DOUBLE,
              cycles INTEGER, cell_voltages DOUBLE[]), tyres STRUCT("position" VARCHAR, pressure_kpa INTEGER)[],
              fault_codes VARCHAR[], service_due BOOLEAN);
            CREATE TABLE bronze.reviews (review_id VARCHAR, product_id VARCHAR, customer_id VARCHAR,
              transaction_id VARCHAR, rating INTEGER, title VARCHAR, "text" VARCHAR, reviewed_at TIMESTAMPTZ);
            CREATE TABLE silver.activity_events (event_id VARCHAR, event_type VARCHAR, event_time TIMESTAMPTZ,
              session_id VARCHAR, is_late BOOLEAN, user_customer_id VARCHAR, user_agent_device_type VARCHAR,
              page_path VARCHAR, location_country VARCHAR, engagement_dwell_ms BIGINT, product_product_id VARCHAR,
              product_price DECIMAL(12,2), product_currency VARCHAR);
            CREATE TABLE silver.fact_transactions AS SELECT *, CAST(NULL AS DATE) AS transaction_date,
              '' AS transaction_type, CAST(0 AS DECIMAL(12,2)) AS restocking_fee, CAST(0 AS DECIMAL(12,2)) AS net_amount,
              CAST(0 AS DECIMAL(18,8)) AS fx_rate, CAST(0 AS DECIMAL(12,2)) AS unit_price_usd,
              CAST(0 AS DECIMAL(12,2)) AS amount_usd, CAST(0 AS DECIMAL(12,2)) AS restocking_fee_usd,
              CAST(0 AS DECIMAL(12,2)) AS net_amount_usd, false AS is_large_order, '' AS deal_size, '' AS product_name, '' AS product_family, '' AS product_kind, 0 AS fiscal_year, 0 AS fiscal_quarter, 0 AS fiscal_month,
              0 AS fiscal_week
              FROM bronze.transactions;
            CREATE TABLE gold.activity_by_minute (window_start TIMESTAMPTZ, window_end TIMESTAMPTZ, event_type VARCHAR,
              country VARCHAR, device_type VARCHAR, events BIGINT, sessions BIGINT, dwell_p50_ms BIGINT,
              dwell_p95_ms BIGINT, dwell_p99_ms BIGINT);
            CREATE TABLE gold.trending_products (window_start TIMESTAMPTZ, window_end TIMESTAMPTZ, country VARCHAR,
              rank INTEGER, product_id VARCHAR, events BIGINT);
            CREATE TABLE gold.web_sessions (session_id VARCHAR, started_at TIMESTAMPTZ, ended_at TIMESTAMPTZ,
              duration_ms BIGINT, customer_id VARCHAR, country VARCHAR, device_type VARCHAR, events BIGINT, pages BIGINT,
              entry_path VARCHAR, exit_path VARCHAR, bounce BOOLEAN, converted BOOLEAN, revenue DECIMAL(12,2),
              currency VARCHAR);
            CREATE MACRO cents_each(cents, n) AS
              CAST(sign(cents) * ((2 * abs(cents) + n) // (2 * n)) AS DECIMAL(18, 0)) * 0.01;
            CREATE MACRO usd(total) AS coalesce(total, 0.00);
            CREATE VIEW sales AS SELECT *, product_family AS family, transaction_type = 'Sale' AS sold
              FROM silver.fact_transactions;
            CREATE VIEW gold.sales_by_week AS SELECT fiscal_year, fiscal_week, territory, family,
              usd(sum(amount_usd) FILTER (sold)) AS sales, usd(-sum(amount_usd) FILTER (NOT sold)) AS refunds,
              sum(restocking_fee_usd) AS fees, sum(net_amount_usd) AS net,
              count(DISTINCT order_number) FILTER (sold) AS orders FROM sales GROUP BY ALL;
            CREATE VIEW gold.sales_by_month AS SELECT fiscal_year, fiscal_month, territory, family,
              usd(sum(amount_usd) FILTER (sold)) AS sales, usd(-sum(amount_usd) FILTER (NOT sold)) AS refunds,
              sum(restocking_fee_usd) AS fees, sum(net_amount_usd) AS net,
              count(DISTINCT order_number) FILTER (sold) AS orders FROM sales GROUP BY ALL;
            CREATE VIEW gold.sales_by_quarter AS SELECT fiscal_year, fiscal_quarter, territory, family,
              usd(sum(amount_usd) FILTER (sold)) AS sales, usd(-sum(amount_usd) FILTER (NOT sold)) AS refunds,
              sum(restocking_fee_usd) AS fees, sum(net_amount_usd) AS net,
              count(DISTINCT order_number) FILTER (sold) AS orders FROM sales GROUP BY ALL;
            CREATE VIEW gold.monthly_summary AS SELECT year(transaction_date) AS year, month(transaction_date) AS month,
              usd(sum(amount_usd) FILTER (sold)) AS total_sales, usd(-sum(amount_usd) FILTER (NOT sold)) AS total_refunds,
              coalesce(sum(quantity) FILTER (sold), 0) AS items_sold,
              coalesce(sum(quantity) FILTER (NOT sold), 0) AS items_refunded,
              sum(restocking_fee_usd) AS total_restocking_fees, count(DISTINCT customer_id) AS unique_customers
              FROM sales GROUP BY ALL;
            CREATE VIEW gold.customer_segments AS SELECT customer_id, sum(net_amount_usd) AS total_spent,
              count(DISTINCT order_number) FILTER (sold) AS order_count,
              CASE WHEN order_count > 0 THEN cents_each(CAST(total_spent * 100 AS BIGINT), order_count) END
                AS avg_order_value,
              max(transaction_date) FILTER (sold) AS last_order_date,
              count(DISTINCT product_id) FILTER (sold) AS unique_products,
              CASE WHEN total_spent > 10000 THEN 'High' WHEN total_spent > 2000 THEN 'Medium' ELSE 'Low' END AS segment
              FROM sales GROUP BY customer_id;
            CREATE VIEW gold.top_customers AS SELECT row_number() OVER (ORDER BY total_spent DESC, customer_id) AS rank, *
              FROM gold.customer_segments QUALIFY rank <= 100;
            CREATE VIEW gold.product_performance AS SELECT *, max(revenue) OVER (PARTITION BY territory) AS best_revenue,
              row_number() OVER (PARTITION BY territory ORDER BY revenue DESC, product_id) AS revenue_rank,
              best_revenue - revenue AS revenue_diff_from_best FROM (
                SELECT territory, product_id, sum(amount_usd) AS revenue,
                  sum(CASE WHEN sold THEN quantity ELSE -quantity END) AS quantity,
                  count(DISTINCT order_number) FILTER (sold) AS orders,
                  CASE WHEN count(*) FILTER (sold) > 0 THEN cents_each(
                    CAST(sum(amount_usd) FILTER (sold) * 100 AS BIGINT), sum(quantity) FILTER (sold)) END AS avg_price
                FROM sales GROUP BY ALL);
            CREATE TABLE ops.quarantine (source_topic VARCHAR, target VARCHAR, reason VARCHAR, "value" BLOB);
            CREATE TABLE ops.quality_by_minute (source_topic VARCHAR, "field" VARCHAR, "rule" VARCHAR, checked BIGINT,
              failed BIGINT)
            """;

    /** Of the calendar in bronze, none of whose records is ever spoiled. */
    static final String DIM_DATE = """
            CREATE TABLE silver.dim_date AS SELECT *, year("date") AS "year", quarter("date") AS "quarter",
              month("date") AS "month", monthname("date") AS month_name, weekofyear("date") AS "week",
              isoyear("date") AS week_year, day("date") AS "day", dayofyear("date") AS day_of_year,
              isodow("date") AS day_of_week, dayname("date") AS day_name, isodow("date") > 5 AS is_weekend,
              last_day("date") = "date" AS is_month_end,
              NOT is_holiday AND dayname("date") NOT IN ('Saturday', 'Sunday') AS is_working_day
              FROM bronze.fiscal_calendar QUALIFY row_number() OVER (PARTITION BY "date" ORDER BY updated_at DESC) = 1\
            """;

    /** Row by row would take minutes. */
    private static final int MANY = 200;

    private final Connection connection;

    DuckTables() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute(DDL);
        }
    }

    /** Inserts rows; each value's SQL is given by {@code shape}, with a question mark where it stands. */
    void insert(String table, String shape, List<Object[]> rows) throws SQLException {
        for (int from = 0; from < rows.size(); from += MANY) {
            List<Object[]> some = rows.subList(from, Math.min(from + MANY, rows.size()));
            String values = String.join(", ", Collections.nCopies(some.size(), "(" + shape + ")"));
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + table + " VALUES " + values)) {
                int parameter = 0;
                for (Object[] row : some) {
                    for (Object value : row) {
                        insert.setObject(++parameter, value);
                    }
                }
                insert.execute();
            }
        }
    }

    static String plain(int columns) {
        return String.join(", ", Collections.nCopies(columns, "?"));
    }

    /** As {@code firn up --verify} asks. */
    String answer(Expectation expectation) throws SQLException {
        String where = expectation.filter() == null ? "" : " WHERE " + expectation.filter();
        String sql = "SELECT CAST(" + expectation.measure() + " AS VARCHAR) FROM " + expectation.table() + where;
        return text(sql);
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
