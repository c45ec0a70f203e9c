package dev.firn.generator.truth;

import static dev.firn.generator.truth.SentRecord.decimal;
import static dev.firn.generator.truth.SentRecord.number;
import static dev.firn.generator.truth.SentRecord.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.generator.sequence.Topic;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the tables must hold, worked out from the bytes alone, with everything in memory and nothing clever: to check the
 * truth against.
 */
final class NaiveTables {
    private static final long MINUTE = 60_000_000L;
    private static final long GRACE = 5 * MINUTE;
    private static final long GAP = 30 * MINUTE;
    private static final String TIME = "make_timestamptz(?::BIGINT)";

    private record Seen(GenericRecord record, long time, int partition, boolean late) {
        String field(String path) {
            return Objects.requireNonNull(text(record, path));
        }
    }

    private final List<SentRecord> sent;
    private final int partitions;
    private final java.util.function.ToIntFunction<Topic> schemaIds;
    private final Map<Integer, Long> newest = new HashMap<>();
    private final List<Seen> events = new ArrayList<>();
    private final List<GenericRecord> transactions = new ArrayList<>();
    private final List<Object[]> quarantine = new ArrayList<>();
    private final Map<List<String>, long[]> quality = new HashMap<>();
    private final Map<Topic, List<GenericRecord>> bronze = new HashMap<>();
    private final Set<String> customers = new HashSet<>();
    private final Map<String, GenericRecord> products = new HashMap<>();
    private final List<GenericRecord> rates = new ArrayList<>();
    private final Map<Object, GenericRecord> days = new HashMap<>();
    private final NaiveDimensions dimensions = new NaiveDimensions();
    private final NaiveFacts facts = new NaiveFacts();

    NaiveTables(List<SentRecord> sent, int partitions, java.util.function.ToIntFunction<Topic> schemaIds) {
        this.sent = sent;
        this.partitions = partitions;
        this.schemaIds = schemaIds;
    }

    void fill(DuckTables duck) throws SQLException {
        Set<String> ids = new HashSet<>();
        for (SentRecord one : sent) {
            take(one, ids);
        }
        fillBronze(duck);
        fillFleet(duck);
        fillSilver(duck);
        dimensions.fill(duck);
        duck.execute(DuckTables.DIM_DATE);
        facts.fill(duck);
        duck.insert("gold.activity_by_minute", TIME + ", " + TIME + ", " + DuckTables.plain(8), minutes());
        duck.insert("gold.trending_products", TIME + ", " + TIME + ", " + DuckTables.plain(4), trends());
        duck.insert("gold.web_sessions", "?, " + TIME + ", " + TIME + ", " + DuckTables.plain(12), sessions());
        duck.insert(
                "silver.fact_transactions",
                DuckTables.plain(14) + ", " + TIME + ", make_timestamp(?::BIGINT)::DATE, " + DuckTables.plain(17),
                facts());
        duck.insert("ops.quarantine", DuckTables.plain(4), quarantine);
        duck.insert("ops.quality_by_minute", DuckTables.plain(5), quality());
    }

    private void take(SentRecord one, Set<String> ids) {
        checked(one, "", "*");
        String unreadable = one.unreadable(schemaIds.applyAsInt(one.topic()));
        if (unreadable != null) {
            quarantine(one, one.topic().bronze(), unreadable);
            processed(one, unreadable);
            return;
        }
        GenericRecord record = Objects.requireNonNull(one.record());
        bronze.computeIfAbsent(one.topic(), t -> new ArrayList<>()).add(record);
        ContractCheck.each(one.topic(), record).forEach((rule, holds) -> {
            checked(one, rule.path().toString(), rule.text());
            failed(one, rule.path().toString(), rule.text(), holds ? 0 : 1);
        });
        if (!ContractCheck.holds(one.topic(), record)) {
            processed(one, "RULE_FAILED");
            return;
        }
        switch (one.topic()) {
            case ACTIVITY -> activity(one.partition(), record, ids);
            case TRANSACTIONS -> transaction(one, record);
            case CUSTOMERS -> {
                customers.add(record.get("customer_id").toString());
                dimensions.customer(record);
            }
            case PRODUCTS -> {
                products.put(text(record, "product_id"), record);
                dimensions.product(record);
            }
            case STATIONS -> {
                facts.station(record);
                dimensions.station(record);
            }
            case VEHICLES -> {
                facts.vehicle(record);
                dimensions.vehicle(record);
            }
            case CHARGING_SESSIONS, VEHICLE_HEALTH, REVIEWS -> {
                if (!refersToWhatIsThere(record)) {
                    processed(one, "BROKEN_REFERENCE");
                } else if (ids.add(record.get(0).toString())) {
                    facts.add(one.topic(), one.partition(), record);
                }
            }
            case FX_RATES -> rates.add(record);
            case FISCAL_CALENDAR -> days.put(record.get("date"), record);
        }
    }

    private boolean refersToWhatIsThere(GenericRecord fact) {
        return isThere(fact, "customer_id", customers)
                && isThere(fact, "product_id", products.keySet())
                && isThere(fact, "station_id", facts.stations())
                && isThere(fact, "vehicle_id", facts.vehicles());
    }

    private static boolean isThere(GenericRecord fact, String field, Set<String> known) {
        return fact.getSchema().getField(field) == null
                || known.contains(fact.get(field).toString());
    }

    private void activity(int partition, GenericRecord record, Set<String> ids) {
        if (!ids.add(record.get("event_id").toString())) {
            return;
        }
        long time = number(record, "event_time");
        Long before = newest.get(partition);
        boolean late = before != null && time < before - GRACE;
        newest.merge(partition, time, Math::max);
        events.add(new Seen(record, time, partition, late));
    }

    private void transaction(SentRecord one, GenericRecord record) {
        boolean whole = customers.contains(record.get("customer_id").toString())
                && products.containsKey(text(record, "product_id"))
                && rate(record) != null
                && days.containsKey(date(record));
        if (whole) {
            transactions.add(record);
        } else {
            processed(one, "BROKEN_REFERENCE");
        }
    }

    private static int date(GenericRecord transaction) {
        return (int) Math.floorDiv(number(transaction, "transaction_time"), 86_400_000_000L);
    }

    private void processed(SentRecord one, String reason) {
        String target = one.topic().processed();
        if (target != null) {
            quarantine(one, target, reason);
            failed(one, "", "*", 1);
            failed(one, "", reason, 1);
        }
    }

    private void checked(SentRecord one, String field, String rule) {
        counts(one, field, rule)[0]++;
    }

    private void failed(SentRecord one, String field, String rule, long records) {
        counts(one, field, rule)[1] += records;
    }

    private long[] counts(SentRecord one, String field, String rule) {
        return quality.computeIfAbsent(List.of(one.topic().text(), field, rule), name -> new long[2]);
    }

    private List<Object[]> quality() {
        return quality.entrySet().stream()
                .map(row -> new Object[] {
                    row.getKey().get(0), row.getKey().get(1), row.getKey().get(2), row.getValue()[0], row.getValue()[1]
                })
                .toList();
    }

    private void quarantine(SentRecord one, String target, String reason) {
        quarantine.add(new Object[] {one.topic().text(), target, reason, one.value()});
    }

    private @Nullable BigDecimal rate(GenericRecord transaction) {
        String currency = transaction.get("currency").toString();
        if (currency.equals("USD")) {
            return new BigDecimal("1.00000000");
        }
        long time = number(transaction, "transaction_time");
        return rates.stream()
                .filter(r -> r.get("base").toString().equals(currency) && number(r, "as_of") <= time)
                .max(Comparator.comparingLong(r -> number(r, "as_of")))
                .map(r -> decimal(r, "rate", 8))
                .orElse(null);
    }

    private void fillBronze(DuckTables duck) throws SQLException {
        duck.insert(
                "bronze.activity",
                "?, ?, " + TIME + ", {'id': ?}, {'customer_id': ?}, {'country': ?}, {'dwell_ms': ?::BIGINT}",
                rows(Topic.ACTIVITY, r -> new Object[] {
                    text(r, "event_id"),
                    text(r, "event_type"),
                    number(r, "event_time"),
                    text(r, "session.id"),
                    text(r, "user.customer_id"),
                    text(r, "location.country"),
                    number(r, "engagement.dwell_ms")
                }));
        duck.insert(
                "bronze.transactions",
                DuckTables.plain(14) + ", " + TIME,
                rows(Topic.TRANSACTIONS, this::transactionRow));
        duck.insert(
                "bronze.customers",
                "?, ?, ?, {'country': ?}, " + TIME + ", " + TIME,
                rows(Topic.CUSTOMERS, r -> new Object[] {
                    text(r, "customer_id"), text(r, "loyalty_tier"), r.get("marketing_consent"),
                    text(r, "address.country"), number(r, "created_at"), number(r, "updated_at")
                }));
        duck.insert("bronze.products", DuckTables.plain(6) + ", " + TIME, rows(Topic.PRODUCTS, r -> new Object[] {
            text(r, "product_id"),
            text(r, "name"),
            text(r, "family"),
            text(r, "kind"),
            decimal(r, "list_price", 2),
            text(r, "currency"),
            number(r, "updated_at")
        }));
        duck.insert("bronze.fx_rates", "?, ?, ?, " + TIME, rows(Topic.FX_RATES, r ->
                new Object[] {text(r, "base"), text(r, "quote"), decimal(r, "rate", 8), number(r, "as_of")}));
    }

    /** The tables that are compared by columns of which some have parts; those go over as JSON. */
    private void fillFleet(DuckTables duck) throws SQLException {
        String date = "DATE '1970-01-01' + ?::INTEGER";
        duck.insert(
                "bronze.fiscal_calendar",
                date + ", " + DuckTables.plain(6) + ", " + TIME,
                rows(Topic.FISCAL_CALENDAR, r -> all(r, "updated_at")));
        duck.insert(
                "bronze.stations",
                "?, ?, {'city': ?}, " + of("[{\"connector_id\": \"VARCHAR\", \"max_kw\": \"INTEGER\"}]") + ", ?, ?, "
                        + TIME,
                rows(Topic.STATIONS, r -> new Object[] {
                    text(r, "station_id"),
                    text(r, "name"),
                    text(r, "location.city"),
                    json(r, "connectors"),
                    r.get("capacity"),
                    text(r, "status"),
                    number(r, "updated_at")
                }));
        duck.insert(
                "bronze.vehicles",
                "?, ?, ?, ?, " + date + ", " + TIME + ", ?, " + TIME,
                rows(Topic.VEHICLES, r -> all(r, "updated_at")));
        duck.insert(
                "bronze.charging_sessions",
                DuckTables.plain(5) + ", " + TIME + ", " + TIME + ", ?, ?, ?, list_transform("
                        + of("[{\"at\": \"BIGINT\", \"kw\": \"DOUBLE\", \"state_of_charge\": \"INTEGER\"}]")
                        + ", lambda v: {'at': make_timestamptz(v.\"at\"), 'kw': v.kw,"
                        + " 'state_of_charge': v.state_of_charge})",
                rows(Topic.CHARGING_SESSIONS, r -> new Object[] {
                    text(r, "session_id"), text(r, "station_id"), text(r, "connector_id"), text(r, "vehicle_id"),
                    text(r, "customer_id"), number(r, "started_at"), number(r, "ended_at"), r.get("energy_kwh"),
                    decimal(r, "price", 2), text(r, "currency"), json(r, "meter_values")
                }));
        duck.insert(
                "bronze.vehicle_health",
                "?, ?, " + TIME + ", ?, "
                        + of("{\"state_of_health\": \"DOUBLE\", \"state_of_charge\": \"DOUBLE\", \"temperature_c\":"
                                + " \"DOUBLE\", \"cycles\": \"INTEGER\", \"cell_voltages\": [\"DOUBLE\"]}")
                        + ", " + of("[{\"position\": \"VARCHAR\", \"pressure_kpa\": \"INTEGER\"}]")
                        + ", " + of("[\"VARCHAR\"]") + ", ?",
                rows(Topic.VEHICLE_HEALTH, r -> new Object[] {
                    text(r, "report_id"), text(r, "vehicle_id"), number(r, "reported_at"), r.get("odometer_km"),
                    json(r, "battery"), json(r, "tyres"), json(r, "fault_codes"), r.get("service_due")
                }));
        duck.insert(
                "bronze.reviews", DuckTables.plain(7) + ", " + TIME, rows(Topic.REVIEWS, r -> all(r, "reviewed_at")));
    }

    private static Object[] all(GenericRecord record, String last) {
        assertThat(record.getSchema().getFields())
                .last()
                .extracting(Schema.Field::name)
                .isEqualTo(last);
        return record.getSchema().getFields().stream()
                .map(field -> record.get(field.pos()))
                .map(value -> value instanceof CharSequence ? value.toString() : value)
                .toArray();
    }

    /** SQL for a value that comes as JSON, of which only the fields of the type are taken. */
    private static String of(String type) {
        return "json_transform(?::JSON, '" + type + "')";
    }

    private static String json(GenericRecord record, String field) {
        return GenericData.get().toString(record.get(field));
    }

    private List<Object[]> rows(Topic topic, java.util.function.Function<GenericRecord, Object[]> row) {
        return bronze.getOrDefault(topic, List.of()).stream().map(row).toList();
    }

    private Object[] transactionRow(GenericRecord r) {
        return new Object[] {
            text(r, "transaction_id"), text(r, "order_number"), r.get("line"), text(r, "customer_id"),
            text(r, "product_id"), r.get("quantity"), decimal(r, "unit_price", 2), decimal(r, "amount", 2),
            text(r, "currency"), text(r, "territory"), text(r, "status"), text(r, "channel"),
            text(r, "payment_method"), text(r, "refunds_transaction_id"), number(r, "transaction_time")
        };
    }

    private void fillSilver(DuckTables duck) throws SQLException {
        List<Object[]> rows = events.stream()
                .map(e -> new Object[] {
                    text(e.record, "event_id"),
                    text(e.record, "event_type"),
                    e.time,
                    text(e.record, "session.id"),
                    e.late,
                    text(e.record, "user.customer_id"),
                    text(e.record, "user_agent.device_type"),
                    text(e.record, "page.path"),
                    text(e.record, "location.country"),
                    number(e.record, "engagement.dwell_ms"),
                    text(e.record, "product.product_id"),
                    decimal(e.record, "product.price", 2),
                    text(e.record, "product.currency")
                })
                .toList();
        duck.insert("silver.activity_events", "?, ?, " + TIME + ", " + DuckTables.plain(10), rows);
    }

    private long watermark(int partition) {
        Long time = newest.get(partition);
        return time == null ? Long.MIN_VALUE : time - GRACE;
    }

    private List<Object[]> minutes() {
        long least =
                IntStream.range(0, partitions).mapToLong(this::watermark).min().orElseThrow();
        Map<List<Object>, List<Seen>> groups = new LinkedHashMap<>();
        for (Seen e : events) {
            long start = Math.floorDiv(e.time, MINUTE) * MINUTE;
            if (!e.late && start + MINUTE <= least) {
                List<Object> key = List.of(
                        start, e.field("event_type"), e.field("location.country"), e.field("user_agent.device_type"));
                groups.computeIfAbsent(key, k -> new ArrayList<>()).add(e);
            }
        }
        List<Object[]> rows = new ArrayList<>();
        groups.forEach((key, group) -> {
            long[] dwells = group.stream()
                    .mapToLong(e -> number(e.record, "engagement.dwell_ms"))
                    .sorted()
                    .toArray();
            long ids = group.stream().map(e -> e.field("session.id")).distinct().count();
            rows.add(new Object[] {
                key.get(0),
                (long) key.get(0) + MINUTE,
                key.get(1),
                key.get(2),
                key.get(3),
                (long) group.size(),
                ids,
                percentile(dwells, "0.50"),
                percentile(dwells, "0.95"),
                percentile(dwells, "0.99")
            });
        });
        return rows;
    }

    private List<Object[]> trends() {
        long least =
                IntStream.range(0, partitions).mapToLong(this::watermark).min().orElseThrow();
        Map<List<Object>, Map<String, Long>> windows = new LinkedHashMap<>();
        for (Seen e : events) {
            String product = text(e.record, "product.product_id");
            for (int hop = 0; hop < 3 && product != null && !e.late; hop++) {
                long start = (Math.floorDiv(e.time, 5 * MINUTE) - hop) * 5 * MINUTE;
                if (start + 15 * MINUTE <= least) {
                    windows.computeIfAbsent(List.of(start, e.field("location.country")), k -> new HashMap<>())
                            .merge(product, 1L, Long::sum);
                }
            }
        }
        List<Object[]> rows = new ArrayList<>();
        windows.forEach((key, counts) -> {
            List<Map.Entry<String, Long>> all = new ArrayList<>(counts.entrySet());
            all.sort(Map.Entry.<String, Long>comparingByKey());
            all.sort(Map.Entry.<String, Long>comparingByValue().reversed());
            for (int rank = 1; rank <= Math.min(10, all.size()); rank++) {
                Map.Entry<String, Long> product = all.get(rank - 1);
                long start = (long) key.get(0);
                rows.add(
                        new Object[] {start, start + 15 * MINUTE, key.get(1), rank, product.getKey(), product.getValue()
                        });
            }
        });
        return rows;
    }

    private static long percentile(long[] sorted, String share) {
        BigDecimal rank = new BigDecimal(share).multiply(BigDecimal.valueOf(sorted.length));
        return sorted[rank.setScale(0, RoundingMode.CEILING).intValueExact() - 1];
    }

    private List<Object[]> sessions() {
        Map<String, List<Seen>> byId = new LinkedHashMap<>();
        events.stream()
                .filter(e -> !e.late)
                .sorted(Comparator.comparingLong(Seen::time).thenComparing(e -> e.field("event_id")))
                .forEach(e -> byId.computeIfAbsent(e.field("session.id"), id -> new ArrayList<>())
                        .add(e));
        List<Object[]> rows = new ArrayList<>();
        byId.values().forEach(all -> {
            int from = 0;
            for (int i = 1; i <= all.size(); i++) {
                if (i == all.size() || all.get(i).time - all.get(i - 1).time > GAP) {
                    session(all.subList(from, i), rows);
                    from = i;
                }
            }
        });
        return rows;
    }

    private void session(List<Seen> session, List<Object[]> rows) {
        Seen first = session.get(0);
        Seen last = session.get(session.size() - 1);
        if (watermark(last.partition) <= last.time + GAP) {
            return;
        }
        String customer = null;
        BigDecimal revenue = new BigDecimal("0.00");
        String currency = null;
        long pages = 0;
        boolean converted = false;
        for (Seen e : session) {
            String named = text(e.record, "user.customer_id");
            customer = named == null ? customer : named;
            String type = e.field("event_type");
            pages += Set.of("page_view", "product_view").contains(type) ? 1 : 0;
            converted |= type.equals("purchase");
            BigDecimal price = decimal(e.record, "product.price", 2);
            if (type.equals("purchase") && price != null) {
                revenue = revenue.add(price);
                currency = currency == null ? text(e.record, "product.currency") : currency;
            }
        }
        rows.add(new Object[] {
            first.field("session.id"),
            first.time,
            last.time,
            (last.time - first.time) / 1000,
            customer,
            first.field("location.country"),
            first.field("user_agent.device_type"),
            (long) session.size(),
            pages,
            first.field("page.path"),
            last.field("page.path"),
            session.size() == 1,
            converted,
            revenue,
            currency
        });
    }

    private List<Object[]> facts() {
        List<Object[]> rows = new ArrayList<>();
        for (GenericRecord r : transactions) {
            BigDecimal rate = Objects.requireNonNull(rate(r));
            BigDecimal amount = Objects.requireNonNull(decimal(r, "amount", 2));
            BigDecimal price = Objects.requireNonNull(decimal(r, "unit_price", 2));
            boolean refund = amount.signum() < 0;
            BigDecimal fee = refund ? round(amount.negate().movePointLeft(1)) : new BigDecimal("0.00");
            BigDecimal usd = round(amount.multiply(rate));
            BigDecimal feeUsd = round(fee.multiply(rate));
            GenericRecord product = Objects.requireNonNull(products.get(text(r, "product_id")));
            GenericRecord day = Objects.requireNonNull(days.get(date(r)));
            double size = Math.abs(usd.doubleValue());
            Object[] own = {
                number(r, "transaction_time"),
                refund ? "Refund" : "Sale",
                fee,
                amount.add(fee),
                rate,
                round(price.multiply(rate)),
                usd,
                feeUsd,
                usd.add(feeUsd),
                usd.doubleValue() >= 5000,
                size < 1000 ? "Small" : size < 5000 ? "Medium" : "Large",
                text(product, "name"),
                text(product, "family"),
                text(product, "kind"),
                day.get("fiscal_year"),
                day.get("fiscal_quarter"),
                day.get("fiscal_month"),
                day.get("fiscal_week")
            };
            Object[] row = Arrays.copyOf(transactionRow(r), 15 + own.length);
            System.arraycopy(own, 0, row, 15, own.length);
            rows.add(row);
        }
        return rows;
    }

    private static BigDecimal round(BigDecimal value) {
        return value.setScale(2, RoundingMode.HALF_UP);
    }
}
