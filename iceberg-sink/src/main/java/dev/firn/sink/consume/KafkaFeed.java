package dev.firn.sink.consume;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A feed from a Kafka consumer in a group. */
final class KafkaFeed implements Feed, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaFeed.class);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;

    KafkaFeed(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** Joins the group for all topics whose whole name matches, now and later. */
    void subscribe(Pattern topics, Assignment assignment) {
        consumer.subscribe(topics, new Told(assignment));
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration atMost) {
        return consumer.poll(atMost);
    }

    @Override
    public long position(TopicPartition partition) {
        return consumer.position(partition);
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        consumer.seek(partition, offset);
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            consumer.pause(partitions);
        }
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            consumer.resume(partitions);
        }
    }

    @Override
    public Map<TopicPartition, Bounds> bounds(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> earliest = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> latest = consumer.endOffsets(partitions);
        Map<TopicPartition, Bounds> bounds = new HashMap<>();
        earliest.forEach(
                (partition, begin) -> bounds.put(partition, new Bounds(begin, latest.getOrDefault(partition, begin))));
        return bounds;
    }

    @Override
    public int partitions(String topic) {
        try {
            // what is subscribed to is in the client's memory; who is gone need not be asked for
            return consumer.partitionsFor(topic, Duration.ZERO).size();
        } catch (TimeoutException e) {
            return 0;
        }
    }

    @Override
    public void acknowledge(Map<TopicPartition, Long> nextOffsets) {
        if (nextOffsets.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        nextOffsets.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        consumer.commitAsync(offsets, (committed, failure) -> {
            if (failure != null) {
                LOG.debug("Group offsets not updated: only lag tools mind", failure);
            }
        });
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(GOODBYE));
    }

    private record Told(Assignment assignment) implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            assignment.assigned(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            assignment.revoked(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            assignment.lost(partitions);
        }
    }
}
