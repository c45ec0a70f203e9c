package dev.firn.processor.decode;

import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** A record that passed its contract: masked, and flat.
 *
 * <p>The row is of the shape that the intake was given; its fields that are filled later are still empty.
 */
public final class Flat {
    private final GenericRecord row;
    private final GenericRecord masked;
    private final RecordPlan plan;
    private final byte[] value;

    Flat(GenericRecord row, GenericRecord masked, RecordPlan plan, byte[] value) {
        this.row = row;
        this.masked = masked;
        this.plan = plan;
        this.value = value;
    }

    public GenericRecord row() {
        return row;
    }

    /** The whole record, masked, as JSON. */
    public Utf8 document() {
        return plan.document(masked);
    }

    /** The record as it came. */
    public byte[] value() {
        return value;
    }
}
