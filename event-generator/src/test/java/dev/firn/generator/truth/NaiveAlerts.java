package dev.firn.generator.truth;

import static dev.firn.generator.truth.SentRecord.at;
import static dev.firn.generator.truth.SentRecord.number;
import static dev.firn.generator.truth.SentRecord.text;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** What vehicles alert of: each report is compared with all of the same vehicle before it. */
final class NaiveAlerts {
    private static final long DAY = 86_400_000_000L;

    private record Report(GenericRecord record, long time, double health, double celsius, double spread) {
        static Report of(GenericRecord r) {
            List<Double> cells = new ArrayList<>();
            ((List<?>) value(r, "cell_voltages")).forEach(cell -> cells.add((Double) cell));
            double spread = Math.round(1000 * (Collections.max(cells) - Collections.min(cells))) / 1000.0;
            return new Report(
                    r,
                    number(r, "reported_at"),
                    (Double) value(r, "state_of_health"),
                    (Double) value(r, "temperature_c"),
                    spread);
        }

        private static Object value(GenericRecord report, String ofBattery) {
            return Objects.requireNonNull(at(report, "battery." + ofBattery));
        }

        boolean has(String fault) {
            return ((List<?>) record.get("fault_codes"))
                    .stream().anyMatch(code -> code.toString().equals(fault));
        }
    }

    private final Map<String, List<Report>> vehicles = new HashMap<>();
    private final List<Object[]> rows = new ArrayList<>();

    /** Takes in a report that is not late. */
    void add(GenericRecord record) {
        List<Report> reports = vehicles.computeIfAbsent(text(record, "vehicle_id"), id -> new ArrayList<>());
        Report report = Report.of(record);
        @Nullable Report previous = reports.isEmpty() ? null : reports.get(reports.size() - 1);
        double celsius = previous == null ? 0 : previous.celsius;
        double spread = previous == null ? 0 : previous.spread;
        reports.add(report);
        health(reports);
        rose(report, "hot_pack", celsius, report.celsius, 45, 55, "battery at %s °C");
        rose(report, "cell_spread", spread, report.spread, 0.05, 0.1, "%s V between the blocks of cells");
        new LinkedHashSet<>((List<?>) record.get("fault_codes")).forEach(code -> fault(reports, code.toString()));
    }

    private void rose(Report report, String rule, double before, double now, double one, double two, String evidence) {
        int level = level(now, one, two);
        if (level > level(before, one, two)) {
            alert(report, rule, level, now, level == 1 ? one : two, String.format(evidence, plain(now)), null);
        }
    }

    private void fault(List<Report> reports, String code) {
        Report now = reports.get(reports.size() - 1);
        long count = reports.stream()
                .filter(each -> each.time > now.time - DAY && each.has(code))
                .count();
        if (count == 3 || count == 10) {
            String evidence = code + " in " + count + " reports of the last 24 hours";
            alert(now, "repeated_fault", count == 3 ? 1 : 2, (double) count, (double) count, evidence, code);
        }
    }

    /** Goes through all reports again. */
    private void health(List<Report> reports) {
        double mark = 0;
        long since = 0;
        int told = 0;
        for (Report each : reports) {
            if (each.health >= mark || each.time > since + 90 * DAY) {
                mark = each.health;
                since = each.time;
                told = 0;
                continue;
            }
            double lost = Math.round(1000 * (mark - each.health)) / 1000.0;
            int level = level(lost, 1, 3);
            if (level > told && each.equals(reports.get(reports.size() - 1))) {
                LocalDate date = LocalDate.ofInstant(Instant.EPOCH.plus(since, ChronoUnit.MICROS), ZoneOffset.UTC);
                String evidence = "state of health " + plain(each.health) + " % after " + plain(mark) + " % on " + date;
                alert(each, "falling_health", level, lost, level == 1 ? 1 : 3, evidence, null);
            }
            told = Math.max(told, level);
        }
    }

    private void alert(
            Report report,
            String rule,
            int level,
            double measured,
            double threshold,
            String evidence,
            @Nullable String fault) {
        String id = text(report.record, "report_id");
        rows.add(new Object[] {
            id + "|" + rule + (fault == null ? "" : "|" + fault),
            text(report.record, "vehicle_id"),
            report.time,
            rule,
            level == 1 ? "warning" : "critical",
            measured,
            threshold,
            evidence,
            fault,
            id
        });
    }

    private static int level(double measured, double one, double two) {
        return (measured >= one ? 1 : 0) + (measured >= two ? 1 : 0);
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** Wants the dimensions to be there. */
    void fill(DuckTables duck) throws SQLException {
        duck.execute("CREATE TABLE alerts (alert_id VARCHAR, vehicle_id VARCHAR, raised BIGINT, \"rule\" VARCHAR,"
                + " severity VARCHAR, measured DOUBLE, threshold DOUBLE, evidence VARCHAR, fault_code VARCHAR,"
                + " report_id VARCHAR)");
        duck.insert("alerts", DuckTables.plain(10), rows);
        duck.execute("CREATE TABLE gold.vehicle_alerts AS SELECT a.*, make_timestamptz(raised) AS raised_at,"
                + " v.model AS vehicle_model, v.customer_id AS vehicle_customer_id FROM alerts a"
                + " JOIN silver.dim_vehicle v ON v.vehicle_id = a.vehicle_id AND v.is_current");
    }
}
