package dev.firn.sink.consume;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Rows that came inside of something, as records that came by themselves. */
final class Rows {
    private Rows() {}

    /** The record with another value; all else is the same. */
    // Kafka's own annotations are none; a consumer's value is null for a tombstone
    @SuppressWarnings("NullAway")
    static ConsumerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> record, byte @Nullable [] row) {
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                record.serializedKeySize(),
                row == null ? ConsumerRecord.NULL_SIZE : row.length,
                record.key(),
                row,
                record.headers(),
                Optional.empty());
    }
}
