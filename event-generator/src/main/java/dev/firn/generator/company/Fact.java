package dev.firn.generator.company;

import org.apache.avro.specific.SpecificRecord;

/**
 * Something the company has to tell.
 *
 * @param key the topic key
 * @param parent the sequence number of the newest record that this one refers to
 */
public record Fact(String key, SpecificRecord record, long parent) {
    /** Refers to nothing newer than the reference data that goes out before the first event. */
    public static final long REFERENCE_DATA = -1;
}
