package dev.firn.sink.quarantine;

import dev.firn.serde.UndecodableException;
import dev.firn.sink.write.RecordMemory;
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
    /** Beside the record: why, and when. */
    private static final int ROUGHLY = 300;

    /** Of memory. */
    long bytes() {
        return ROUGHLY + RecordMemory.of(record);
    }
}
