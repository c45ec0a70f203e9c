package dev.firn.sink.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.write.WrittenFiles;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RejectsTest {
    private final AtomicLong held = new AtomicLong();

    @Test
    void shouldCountKeyValueAndHeadersUntilTheyAreWritten() {
        // Given
        Rejects rejects = new Rejects(all -> new WrittenFiles(List.of(), all.size(), 0, 0), held::addAndGet);

        // When
        rejects.add(reject());
        long open = held.get();
        rejects.complete();

        // Then
        assertThat(open).isGreaterThan(1_000 + 2_000 + 4_000);
        assertThat(held).hasValue(0);
    }

    @Test
    void shouldCountNothingWhenTheyAreGivenUp() {
        // Given
        Rejects rejects = new Rejects(all -> new WrittenFiles(List.of(), all.size(), 0, 0), held::addAndGet);
        rejects.add(reject());

        // When
        rejects.abort();

        // Then
        assertThat(held).hasValue(0);
    }

    private static Reject reject() {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("t", 0, 0, new byte[1_000], new byte[2_000]);
        record.headers().add("trace", new byte[4_000]);
        return new Reject(
                record, Optional.empty(), "t", new UndecodableException(Reason.MALFORMED, "bad"), Instant.EPOCH);
    }
}
