package dev.firn.generator.resume;

import dev.firn.generator.publish.Delivery;
import dev.firn.generator.publish.Present;
import dev.firn.generator.publish.PublishException;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What an earlier process has left in Kafka. A partition gets its events in the order of the sequence and without a gap
 * (idempotent producer, no delivery given up), so the newest one tells of all.
 */
final class ResumePoint implements Present {
    private final Map<TopicPartition, LastRecord> last;

    ResumePoint(Map<TopicPartition, LastRecord> last) {
        this.last = Map.copyOf(last);
    }

    @Override
    public boolean holds(Delivery delivery) {
        String topic = delivery.event().topic().text();
        LastRecord record = last.get(new TopicPartition(topic, delivery.partition()));
        long seq = delivery.event().seq();
        if (record == null || record.seq() < seq) {
            return false;
        }
        if (record.seq() == seq && !record.isSame(delivery)) {
            throw new PublishException(topic + "-" + delivery.partition()
                    + " was filled with other settings (seed, shares, start, sizes): restore those, or begin with empty"
                    + " topics");
        }
        return true;
    }

    @Override
    public long lastSeq() {
        return last.values().stream().mapToLong(LastRecord::seq).max().orElse(Long.MIN_VALUE);
    }
}
