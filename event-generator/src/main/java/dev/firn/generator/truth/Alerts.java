package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.Vehicle;
import dev.firn.futuremobility.raw.VehicleHealth;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code gold.vehicle_alerts}: what a vehicle's reports tell, in the order of its partition. */
final class Alerts {
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration QUARTER = Duration.ofDays(90);
    private static final int MOST_FAULTS = 100;
    private static final List<String> SEVERITIES = List.of("none", "warning", "critical");

    private record Fault(String code, Instant at) {}

    /** What a vehicle has been through. Levels are those of {@link #SEVERITIES}. */
    private static final class Past {
        private double health = Double.NEGATIVE_INFINITY;
        private Instant healthAt = Instant.MIN;
        private int fallen;
        private int heat;
        private int spread;
        private List<Fault> faults = new ArrayList<>();
    }

    private record Alert(
            VehicleHealth report,
            Vehicle vehicle,
            String model,
            String rule,
            int level,
            double measured,
            double threshold,
            String evidence,
            @Nullable String fault) {
        String id() {
            return report.getReportId() + "|" + rule + (fault == null ? "" : "|" + fault);
        }
    }

    private final Map<String, Past> pasts = new HashMap<>();
    private final ExpectedTable<Alert> table = ExpectedTable.of("gold.vehicle_alerts", columns())
            .count("critical alerts", "severity = 'critical'", alert -> alert.level() == 2);

    /** Takes in a report that is not late. */
    void add(VehicleHealth report, Vehicle vehicle, String model, double spread) {
        Past past = pasts.computeIfAbsent(report.getVehicleId(), id -> new Past());
        addHealth(report, vehicle, model, past);
        addHeat(report, vehicle, model, past);
        addSpread(report, vehicle, model, spread, past);
        for (String code : new LinkedHashSet<>(report.getFaultCodes())) {
            addFault(report, vehicle, model, code, past);
        }
    }

    private void addHealth(VehicleHealth report, Vehicle vehicle, String model, Past past) {
        double health = report.getBattery().getStateOfHealth();
        if (health >= past.health || report.getReportedAt().isAfter(past.healthAt.plus(QUARTER))) {
            past.health = health;
            past.healthAt = report.getReportedAt();
            past.fallen = 0;
            return;
        }
        double lost = new BigDecimal(Double.toString(past.health))
                .subtract(new BigDecimal(Double.toString(health)))
                .doubleValue();
        int fallen = level(lost, 1, 3);
        if (fallen > past.fallen) {
            past.fallen = fallen;
            String evidence = "state of health " + text(health) + " % after " + text(past.health) + " % on "
                    + LocalDate.ofInstant(past.healthAt, ZoneOffset.UTC);
            double threshold = fallen == 1 ? 1 : 3;
            table.add(new Alert(report, vehicle, model, "falling_health", fallen, lost, threshold, evidence, null));
        }
    }

    private void addHeat(VehicleHealth report, Vehicle vehicle, String model, Past past) {
        double celsius = report.getBattery().getTemperatureC();
        int heat = level(celsius, 45, 55);
        if (heat > past.heat) {
            String evidence = "battery at " + text(celsius) + " °C";
            double threshold = heat == 1 ? 45 : 55;
            table.add(new Alert(report, vehicle, model, "hot_pack", heat, celsius, threshold, evidence, null));
        }
        past.heat = heat;
    }

    private void addSpread(VehicleHealth report, Vehicle vehicle, String model, double spread, Past past) {
        int uneven = level(spread, 0.05, 0.1);
        if (uneven > past.spread) {
            String evidence = text(spread) + " V between the blocks of cells";
            double threshold = uneven == 1 ? 0.05 : 0.1;
            table.add(new Alert(report, vehicle, model, "cell_spread", uneven, spread, threshold, evidence, null));
        }
        past.spread = uneven;
    }

    private void addFault(VehicleHealth report, Vehicle vehicle, String model, String code, Past past) {
        Instant now = report.getReportedAt();
        past.faults.removeIf(fault -> !fault.at().isAfter(now.minus(DAY)));
        past.faults.add(new Fault(code, now));
        long count =
                past.faults.stream().filter(fault -> fault.code().equals(code)).count();
        // it has just got there
        if (count == 3 || count == 10) {
            String evidence = code + " in " + count + " reports of the last 24 hours";
            int level = count == 3 ? 1 : 2;
            table.add(new Alert(report, vehicle, model, "repeated_fault", level, count, count, evidence, code));
        }
        if (past.faults.size() > MOST_FAULTS) {
            past.faults.remove(0);
        }
    }

    private static int level(double measured, double warning, double critical) {
        if (measured < warning) {
            return 0;
        }
        return measured < critical ? 1 : 2;
    }

    private static String text(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    List<Expectation> expectations() {
        return table.expectations();
    }

    private static Columns<Alert> columns() {
        return new Columns<Alert>()
                .text("alert_id", Alert::id)
                .text("vehicle_id", a -> a.report().getVehicleId())
                .time("raised_at", a -> a.report().getReportedAt())
                .text("\"rule\"", Alert::rule)
                .text("severity", a -> SEVERITIES.get(a.level()))
                .thousandths("measured", Alert::measured)
                .thousandths("threshold", Alert::threshold)
                .text("evidence", Alert::evidence)
                .text("fault_code", Alert::fault)
                .text("report_id", a -> a.report().getReportId())
                .text("vehicle_model", Alert::model)
                .text("vehicle_customer_id", a -> a.vehicle().getCustomerId());
    }
}
