package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.Tyre;
import dev.firn.futuremobility.raw.Vehicle;
import dev.firn.futuremobility.raw.VehicleHealth;
import java.util.Collections;
import java.util.List;

/** A row of {@code silver.vehicle_health}: a report, its vehicle, and what follows from both. */
record Reported(VehicleHealth report, Vehicle vehicle, String model, boolean late) {
    private static final int USUAL_KPA = 250;

    /** They are whole millivolts. */
    double spread() {
        List<Double> cells = report.getBattery().getCellVoltages();
        return Math.round((Collections.max(cells) - Collections.min(cells)) * 1_000) / 1_000.0;
    }

    long deviation() {
        long most = 0;
        for (Tyre tyre : report.getTyres()) {
            most = Math.max(most, Math.abs(tyre.getPressureKpa() - USUAL_KPA));
        }
        return most;
    }

    /** What of it is compared. */
    static Columns<Reported> columns() {
        return new Columns<Reported>()
                .text("report_id", h -> h.report().getReportId())
                .text("vehicle_id", h -> h.report().getVehicleId())
                .time("reported_at", h -> h.report().getReportedAt())
                .number("odometer_km", h -> h.report().getOdometerKm())
                .thousandths(
                        "battery_state_of_health", h -> h.report().getBattery().getStateOfHealth())
                .thousandths(
                        "battery_temperature_c", h -> h.report().getBattery().getTemperatureC())
                .number("battery_cycles", h -> h.report().getBattery().getCycles())
                .number("len(fault_codes)", h -> h.report().getFaultCodes().size())
                .flag("service_due", h -> h.report().getServiceDue())
                .text("vehicle_product_id", h -> h.vehicle().getProductId())
                .text("vehicle_model", Reported::model)
                .text("vehicle_customer_id", h -> h.vehicle().getCustomerId())
                .thousandths("cell_spread_v", Reported::spread)
                .number("tyre_pressure_deviation_kpa", Reported::deviation)
                .flag("is_late", Reported::late);
    }
}
