package dev.firn.sink.write;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The latest event time of each partition. */
final class EventTimes {
    private final Map<TopicPartition, Latest> byPartition = new HashMap<>();
    private @Nullable Latest last;

    private static final class Latest {
        private final TopicPartition partition;
        private long micros = EventTime.NONE;

        Latest(TopicPartition partition) {
            this.partition = partition;
        }

        boolean isOf(ConsumerRecord<?, ?> record) {
            return partition.partition() == record.partition()
                    && partition.topic().equals(record.topic());
        }
    }

    void add(ConsumerRecord<?, ?> record, long micros) {
        Latest latest = last;
        if (latest == null || !latest.isOf(record)) {
            latest = byPartition.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), Latest::new);
            last = latest;
        }
        latest.micros = Math.max(latest.micros, micros);
    }

    OptionalLong of(TopicPartition partition) {
        Latest latest = byPartition.get(partition);
        return latest == null || latest.micros == EventTime.NONE
                ? OptionalLong.empty()
                : OptionalLong.of(latest.micros);
    }
}
