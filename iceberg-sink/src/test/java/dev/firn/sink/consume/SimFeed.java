package dev.firn.sink.consume;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** A consumer of the simulated broker. What its group decides for it, it learns when it polls. */
final class SimFeed implements Feed {
    private final SimTopics topics;
    private final RandomGenerator random;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Set<TopicPartition> paused = new HashSet<>();
    private final List<Runnable> news = new ArrayList<>();
    private int most = 6;

    SimFeed(SimTopics topics, RandomGenerator random) {
        this.topics = topics;
        this.random = random;
    }

    void assign(TopicPartition partition, Assignment lane) {
        news.add(() -> {
            positions.put(partition, -1L);
            lane.assigned(List.of(partition));
        });
    }

    /** Afterwards, {@code then} may give the partition to another one. */
    void revoke(TopicPartition partition, Assignment lane, Runnable then) {
        news.add(() -> {
            lane.revoked(List.of(partition));
            forget(partition);
            then.run();
        });
    }

    void lose(TopicPartition partition, Assignment lane) {
        news.add(() -> {
            forget(partition);
            lane.lost(List.of(partition));
        });
    }

    /** Comes with more at once from now on. */
    void hurry() {
        most = 30;
    }

    private void forget(TopicPartition partition) {
        positions.remove(partition);
        paused.remove(partition);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration atMost) {
        List<Runnable> told = List.copyOf(news);
        news.clear();
        told.forEach(Runnable::run);
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
        for (TopicPartition partition : List.copyOf(positions.keySet())) {
            if (!paused.contains(partition) && random.nextInt(4) > 0) {
                List<ConsumerRecord<byte[], byte[]>> some = fetch(partition);
                if (!some.isEmpty()) {
                    records.put(partition, some);
                }
            }
        }
        return new ConsumerRecords<>(records, Map.of());
    }

    private List<ConsumerRecord<byte[], byte[]>> fetch(TopicPartition partition) {
        long from = position(partition);
        long to = Math.min(topics.end(partition), from + 1 + random.nextInt(most));
        List<ConsumerRecord<byte[], byte[]>> some = new ArrayList<>();
        for (long offset = from; offset < to; offset++) {
            ConsumerRecord<byte[], byte[]> record = topics.record(partition, offset);
            if (record.value()[0] != SimTopics.NOTHING) {
                some.add(record);
            }
        }
        positions.put(partition, Math.max(from, to));
        return some;
    }

    @Override
    public int partitions(String topic) {
        return topics.partitions(topic);
    }

    @Override
    public long position(TopicPartition partition) {
        Long position = positions.get(partition);
        if (position == null || position < 0) {
            throw new IllegalStateException("no position in " + partition);
        }
        return position;
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        if (!positions.containsKey(partition)) {
            throw new IllegalStateException("not assigned " + partition);
        }
        positions.put(partition, offset);
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        requireAssigned(partitions);
        paused.addAll(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        requireAssigned(partitions);
        paused.removeAll(partitions);
    }

    private void requireAssigned(Collection<TopicPartition> partitions) {
        if (!positions.keySet().containsAll(partitions)) {
            throw new IllegalStateException("not all assigned: " + partitions);
        }
    }

    @Override
    public Map<TopicPartition, Bounds> bounds(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Bounds> bounds = new HashMap<>();
        partitions.forEach(partition -> bounds.put(partition, new Bounds(0, topics.end(partition))));
        return bounds;
    }

    @Override
    public void acknowledge(Map<TopicPartition, Long> nextOffsets) {
        // nobody reads them
    }
}
