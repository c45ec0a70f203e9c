package dev.firn.generator.publish;

import dev.firn.generator.sequence.Topic;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;

/** Which partition a key belongs to, by the rule of Kafka's own clients, so that other producers agree. */
public final class Partitions {
    private final Map<Topic, Integer> counts;

    /** @param counts how many partitions each topic has */
    public Partitions(Map<Topic, Integer> counts) {
        this.counts = new EnumMap<>(counts);
    }

    public int count(Topic topic) {
        return counts.getOrDefault(topic, 1);
    }

    public int of(Topic topic, byte[] key) {
        return Utils.toPositive(Utils.murmur2(key)) % count(topic);
    }
}
