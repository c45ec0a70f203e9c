package dev.firn.processor.enrich;

import org.apache.avro.generic.GenericRecord;

/** Fills the columns of rows that are joined, or computed from others. For several threads. */
public interface Extension {
    /** Fills them.
     *
     * @param known holds all that the row refers to: it has waited for that
     */
    void extend(GenericRecord row, Directory known);
}
