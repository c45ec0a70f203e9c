package dev.firn.sink.consume;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What the simulated broker holds. A record's value is one byte: good, bad or doubtful. Some offsets hold no record. */
final class SimTopics {
    static final byte GOOD = 1;
    static final byte BAD = 2;
    static final byte NOTHING = 0;
    /** Good for one who reads it, bad for the next: their configurations differ, say, or the registry changed. */
    static final byte DOUBTFUL = 3;

    private final Map<TopicPartition, List<Byte>> logs =
            new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition));

    SimTopics(List<TopicPartition> partitions) {
        partitions.forEach(partition -> logs.put(partition, new ArrayList<>()));
    }

    List<TopicPartition> partitions() {
        return List.copyOf(logs.keySet());
    }

    List<Byte> log(TopicPartition partition) {
        return logs.getOrDefault(partition, List.of());
    }

    Map<String, Origin> origins(Set<String> topics) {
        return topics.stream()
                .collect(Collectors.toMap(
                        topic -> topic, topic -> new Origin(Optional.of("cluster"), Optional.of("id of " + topic))));
    }

    void produce(RandomGenerator random) {
        List<TopicPartition> all = partitions();
        List<Byte> log = log(all.get(random.nextInt(all.size())));
        int records = 1 + random.nextInt(8);
        for (int i = 0; i < records; i++) {
            int dice = random.nextInt(10);
            log.add(dice < 5 ? GOOD : dice < 7 ? BAD : dice < 9 ? DOUBTFUL : NOTHING);
        }
    }

    void produceEverywhere() {
        logs.values().forEach(log -> log.add(GOOD));
    }

    long end(TopicPartition partition) {
        return log(partition).size();
    }

    /** How many records there are. */
    long records() {
        return logs.values().stream()
                .flatMap(List::stream)
                .filter(kind -> kind != NOTHING)
                .count();
    }

    ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
        byte[] value = {log(partition).get((int) offset)};
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, value);
    }
}
