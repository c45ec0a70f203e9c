package dev.firn.sink.consume;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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

    /** Whether its table holds the newest row of each key, and not all rows. */
    static boolean isKeyed(String topic) {
        return topic.startsWith("gold");
    }

    /** One of a few keys. */
    static int key(long offset) {
        return (int) (offset * 7 % 11 % 5);
    }

    /** Whether the record, if it is good, has no row, and only deletes that of its key. */
    static boolean isDeletion(String topic, long offset) {
        return isKeyed(topic) && offset % 6 == 5;
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
                        topic -> topic,
                        topic -> new Origin(
                                Optional.of("cluster"),
                                Optional.of("id of " + topic),
                                OptionalInt.of(partitions(topic)))));
    }

    int partitions(String topic) {
        return (int) logs.keySet().stream()
                .filter(partition -> partition.topic().equals(topic))
                .count();
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

    /** How many records there are that are held one by one. */
    long records() {
        return logs.entrySet().stream()
                .filter(log -> !isKeyed(log.getKey().topic()))
                .flatMap(log -> log.getValue().stream())
                .filter(kind -> kind != NOTHING)
                .count();
    }

    ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
        byte[] value = {log(partition).get((int) offset)};
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, value);
    }
}
