package dev.firn.generator.resume;

import dev.firn.generator.publish.KafkaOutlet;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Looks for the newest record of ours, from a partition's end backwards: others may have written there since. */
final class Tail {
    private static final long STRIDE = 500;
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;

    Tail(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    @Nullable
    LastRecord find(TopicPartition partition, long begin, long end) {
        consumer.assign(List.of(partition));
        for (long to = end; to > begin; to -= STRIDE) {
            LastRecord found = newest(partition, Math.max(begin, to - STRIDE), to);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable LastRecord newest(TopicPartition partition, long from, long to) {
        LastRecord newest = null;
        consumer.seek(partition, from);
        while (consumer.position(partition) < to) {
            for (ConsumerRecord<byte[], byte[]> kafka : consumer.poll(POLL).records(partition)) {
                Long seq = sequenceNumber(kafka);
                if (seq != null && kafka.offset() < to) {
                    newest = new LastRecord(seq, kafka);
                }
            }
        }
        return newest;
    }

    private static @Nullable Long sequenceNumber(ConsumerRecord<byte[], byte[]> kafka) {
        Header header = kafka.headers().lastHeader(KafkaOutlet.SEQUENCE_HEADER);
        if (header == null || header.value() == null || header.value().length != Long.BYTES) {
            return null;
        }
        return ByteBuffer.wrap(header.value()).getLong();
    }
}
