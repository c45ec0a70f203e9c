package dev.firn.generator.sequence;

import dev.firn.generator.disturb.Damage;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * One record for Kafka.
 *
 * @param seq its place in the sequence: 0 and up, below 0 for the reference data that goes first
 * @param micros simulated time at which it is sent; its event time may be earlier
 * @param record the content; for undecodable ones what it was before the damage. Shared, never to be changed.
 * @param damage what is done to the bytes of an undecodable one
 * @param salt what the damage's randomness follows from
 * @param parent may only be sent when everything up to this sequence number is acknowledged
 */
public record Event(
        long seq,
        Topic topic,
        String key,
        long micros,
        SpecificRecord record,
        Fate fate,
        @Nullable Damage damage,
        long salt,
        long parent) {

    /** The same record again, later. */
    Event again(long newSeq, long newMicros) {
        return new Event(newSeq, topic, key, newMicros, record, Fate.DUPLICATE, damage, salt, parent);
    }
}
