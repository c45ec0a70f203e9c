package dev.firn.processor.enrich;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Rows of {@code silver.vehicle_health}: vehicle, spread of the cells and deviation of the tyres. */
public final class HealthMeasures {
    private static final int USUAL_KPA = 250;
    private static final int MILLIVOLTS_SCALE = 3;

    private HealthMeasures() {}

    /** As {@link Extension}. */
    @SuppressWarnings("unchecked") // the contract says what is in the lists
    public static void extend(GenericRecord row, Directory known) {
        Vehicle vehicle = Objects.requireNonNull(known.vehicle((Utf8) row.get("vehicle_id")), "waited for");
        row.put("vehicle_product_id", vehicle.productId());
        row.put("vehicle_model", vehicle.model());
        row.put("vehicle_customer_id", vehicle.customerId());
        row.put("cell_spread_v", cellSpread((List<Double>) row.get("battery_cell_voltages")));
        row.put("tyre_pressure_deviation_kpa", tyreDeviation((List<GenericRecord>) row.get("tyres")));
    }

    /** Highest less lowest, to the millivolt; null where there is none. */
    static @Nullable Double cellSpread(List<Double> volts) {
        return volts.isEmpty()
                ? null
                : BigDecimal.valueOf(Collections.max(volts))
                        .subtract(BigDecimal.valueOf(Collections.min(volts)))
                        .setScale(MILLIVOLTS_SCALE, RoundingMode.HALF_UP)
                        .doubleValue();
    }

    private static @Nullable Integer tyreDeviation(List<GenericRecord> tyres) {
        return tyres.isEmpty()
                ? null
                : tyres.stream()
                        .mapToInt(tyre -> Math.abs((Integer) tyre.get("pressure_kpa") - USUAL_KPA))
                        .max()
                        .getAsInt();
    }
}
