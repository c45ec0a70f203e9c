package dev.firn.processor.alert;

import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** What a vehicle says of itself, as far as alerts are concerned.
 *
 * @param at in epoch microseconds
 * @param health in percent
 * @param spread null where it reports no cells
 */
record Report(
        Utf8 id,
        Utf8 vehicle,
        long at,
        double health,
        double celsius,
        @Nullable Double spread,
        List<Utf8> faults,
        @Nullable Utf8 model,
        Utf8 customer) {
    /** Of a row of {@code silver.vehicle_health}. */
    @SuppressWarnings("unchecked") // the contract says what is in the list
    static Report of(GenericRecord row) {
        return new Report(
                (Utf8) row.get("report_id"),
                (Utf8) row.get("vehicle_id"),
                (Long) row.get("reported_at"),
                (Double) row.get("battery_state_of_health"),
                (Double) row.get("battery_temperature_c"),
                (Double) row.get("cell_spread_v"),
                (List<Utf8>) row.get("fault_codes"),
                (Utf8) row.get("vehicle_model"),
                (Utf8) row.get("vehicle_customer_id"));
    }
}
