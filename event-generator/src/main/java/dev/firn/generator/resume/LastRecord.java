package dev.firn.generator.resume;

import dev.firn.generator.publish.Delivery;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The newest record of ours in a partition. */
final class LastRecord {
    private final long seq;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;

    LastRecord(long seq, ConsumerRecord<byte[], byte[]> kafka) {
        this.seq = seq;
        this.key = kafka.key();
        this.value = kafka.value();
    }

    long seq() {
        return seq;
    }

    /** Whether this is what the sequence has at this place. */
    boolean isSame(Delivery delivery) {
        return Arrays.equals(key, delivery.key()) && Arrays.equals(value, delivery.value());
    }
}
