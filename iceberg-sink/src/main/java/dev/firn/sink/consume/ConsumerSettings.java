package dev.firn.sink.consume;

import dev.firn.config.ConfigurationException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

/** Kafka's own settings of a lane's consumer: what suits a sink, then what the user says, then what must be. */
final class ConsumerSettings {
    private static final int MAX_PARTITION_FETCH = 1 << 20;
    private static final int MAX_FETCH = 50 << 20;

    /** What a ledger that is the only position, lanes and exactly-once depend on. */
    private static final Set<String> OURS = Set.of(
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG);

    private ConsumerSettings() {}

    /** Throws a {@link ConfigurationException} if the user sets what must be as it is. */
    static void require(Map<String, String> kafka) {
        kafka.keySet().stream().filter(OURS::contains).sorted().findFirst().ifPresent(key -> {
            throw new ConfigurationException("firn.kafka.properties." + key + " can't be set: "
                    + (key.equals(ConsumerConfig.GROUP_ID_CONFIG)
                            ? "the group is firn.sink.group-id"
                            : "exactly-once depends on what it is"));
        });
    }

    static Map<String, Object> of(LaneSettings lanes, String lane) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        int fetch = fetchBytes(lanes);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, fetch);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Math.min(fetch, MAX_PARTITION_FETCH));
        // so that a new topic is noticed in seconds, not minutes
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 3_000);
        if (!"consumer".equalsIgnoreCase(lanes.kafka().get(ConsumerConfig.GROUP_PROTOCOL_CONFIG))) {
            settings.put(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        }
        settings.putAll(lanes.kafka());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, lanes.groupId());
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, lanes.clientId() + "-" + lane);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return settings;
    }

    /** Together no more than a quarter of what open files may hold. A record that is larger comes all the same. */
    private static int fetchBytes(LaneSettings lanes) {
        return (int) Math.min(lanes.limits().memory() / 4 / lanes.lanes(), MAX_FETCH);
    }
}
