package dev.firn.processor.alert;

import dev.firn.contract.Contracts;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Something that wants attention. */
record Alert(
        Scale rule,
        Level level,
        double measured,
        String evidence,
        @Nullable Utf8 fault) {
    static final Schema SCHEMA = Contracts.schema("gold.vehicle_alerts");

    private static final String BETWEEN = "|";

    /** Its row.
     *
     * @param report that raised it
     */
    GenericRecord row(Report report) {
        String name = rule.name().toLowerCase(Locale.ROOT);
        GenericRecord row = new GenericData.Record(SCHEMA);
        row.put("alert_id", report.id() + BETWEEN + name + (fault == null ? "" : BETWEEN + fault));
        row.put("vehicle_id", report.vehicle());
        row.put("raised_at", report.at());
        row.put("rule", name);
        row.put("severity", level.name().toLowerCase(Locale.ROOT));
        row.put("measured", measured);
        row.put("threshold", rule.threshold(level));
        row.put("evidence", evidence);
        row.put("fault_code", fault);
        row.put("report_id", report.id());
        row.put("vehicle_model", report.model());
        row.put("vehicle_customer_id", report.customer());
        return row;
    }
}
