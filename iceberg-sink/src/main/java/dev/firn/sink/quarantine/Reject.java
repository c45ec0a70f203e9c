package dev.firn.sink.quarantine;

import dev.firn.serde.UndecodableException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that a table can't take.
 *
 * @param topicId of the topic that it came from, where known
 * @param target the table it was meant for
 */
public record Reject(
        ConsumerRecord<byte[], byte[]> record,
        Optional<String> topicId,
        String target,
        UndecodableException why,
        Instant at) {
    /** For its fields beside key, value and headers. */
    private static final int ROUGHLY = 500;

    long bytes() {
        return ROUGHLY + length(record.key()) + length(record.value());
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
