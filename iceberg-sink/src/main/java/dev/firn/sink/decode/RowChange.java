package dev.firn.sink.decode;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What a record says of a row.
 *
 * @param row the record, or what it would be if the row in its envelope were its value: how the row is now or, if it is
 *     deleted, how it was; without a value if only the Kafka key tells which row that was
 */
public record RowChange(ConsumerRecord<byte[], byte[]> row, boolean deletes) {
    static RowChange of(ConsumerRecord<byte[], byte[]> record, Optional<Envelope> envelope) {
        if (envelope.isEmpty()) {
            return new RowChange(record, record.value() == null);
        }
        Envelope.Change change = envelope.get().open(record.value());
        return new RowChange(with(record, change.row()), change.deletes());
    }

    // Kafka's own annotations are none; a consumer's value is null for a tombstone
    @SuppressWarnings("NullAway")
    private static ConsumerRecord<byte[], byte[]> with(ConsumerRecord<byte[], byte[]> record, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                record.serializedKeySize(),
                value == null ? ConsumerRecord.NULL_SIZE : value.length,
                record.key(),
                value,
                record.headers(),
                Optional.empty());
    }
}
