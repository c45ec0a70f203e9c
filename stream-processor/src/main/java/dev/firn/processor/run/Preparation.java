package dev.firn.processor.run;

import dev.firn.contract.Contracts;
import dev.firn.processor.topology.Topics;
import dev.firn.quarantine.Replay;
import dev.firn.registry.SchemaRegistry;
import dev.firn.topic.Answers;
import dev.firn.topic.TopicLeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be there before the topologies start: topics and schemas. */
final class Preparation {
    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);
    private static final Duration INTERNAL_RETENTION = Duration.ofDays(7);

    /** Event time may be long past, and must not make the broker take records for old. */
    private static final Map<String, String> OUT = Map.of(
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "LogAppendTime",
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            Integer.toString(StreamsProperties.LARGEST_MESSAGE));

    private static final Map<String, String> COMPACTED = Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, "compact");

    private final Admin admin;
    private final EngineConfig config;

    Preparation(Admin admin, EngineConfig config) {
        this.admin = admin;
        this.config = config;
    }

    /** Registers the schemas of what we write; their ids by topic. */
    static Map<String, Integer> register(SchemaRegistry registry) {
        Map<String, Integer> ids = new HashMap<>();
        Topics.REGISTERED.forEach(topic -> ids.put(topic, register(registry, topic)));
        // rows that are kept are read by them, and nobody should wait for the registry then
        ids.values().forEach(registry::byId);
        return ids;
    }

    /** Registers the schema of a topic that we write; its id. */
    static int register(SchemaRegistry registry, String topic) {
        return registry.register(topic + "-value", Contracts.schema(topic));
    }

    /** Of all topics that there are, but Kafka's own. */
    Set<String> names() {
        return Answers.of(admin.listTopics().names());
    }

    /** Those of the topics that there are, with their number of partitions. */
    Map<String, Integer> partitions(List<String> topics) {
        Map<String, Integer> partitions = new HashMap<>();
        admin.describeTopics(topics)
                .topicNameValues()
                .forEach((topic, description) -> described(description)
                        .ifPresent(there ->
                                partitions.put(topic, there.partitions().size())));
        return partitions;
    }

    private static Optional<TopicDescription> described(KafkaFuture<TopicDescription> description) {
        try {
            return Optional.of(Answers.of(description));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        }
    }

    /** Creates the topics that we write, as far as they are missing; returns once every partition can be written to. */
    void createOutputs() {
        List<NewTopic> topics = new ArrayList<>();
        for (String topic : Topics.REGISTERED) {
            topics.add(topic(topic, topic.equals(Topics.QUARANTINE) ? 1 : config.partitions(), OUT));
        }
        Map<String, String> internal = new HashMap<>(OUT);
        internal.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(INTERNAL_RETENTION.toMillis()));
        Topics.INTERNAL.forEach(topic -> topics.add(topic(topic, config.partitions(), internal)));
        Topics.REFERENCES.forEach(topic -> topics.add(topic(topic, 1, COMPACTED)));
        provide(topics);
    }

    /** Creates a silver topic with so many partitions, and those for quarantine and quality, as far as they are missing. */
    void createSilver(String topic, int partitions) {
        provide(List.of(
                topic(topic, partitions, OUT),
                topic(Topics.QUARANTINE, 1, OUT),
                topic(Topics.QUALITY, config.partitions(), OUT)));
    }

    /** Creates a compacted topic of keys, if it is missing. */
    void createKeys(String topic) {
        provide(List.of(topic(topic, 1, COMPACTED)));
    }

    /** Creates the topics through which records come back, with as many partitions as those that they first were in. */
    void createRetries(Map<String, Integer> partitions) {
        provide(partitions.entrySet().stream()
                .map(raw -> topic(Replay.processorTopic(raw.getKey()), raw.getValue(), OUT))
                .toList());
    }

    private void provide(List<NewTopic> topics) {
        create(topics);
        TopicLeaders.await(admin, topics.stream().map(NewTopic::name).toList());
    }

    private NewTopic topic(String name, int partitions, Map<String, String> configs) {
        short replication = (short) config.replication();
        Optional<Short> factor = replication > 0 ? Optional.of(replication) : Optional.empty();
        return new NewTopic(name, Optional.of(partitions), factor).configs(configs);
    }

    private void create(List<NewTopic> topics) {
        Set<String> there =
                partitions(topics.stream().map(NewTopic::name).toList()).keySet();
        List<NewTopic> missing =
                topics.stream().filter(topic -> !there.contains(topic.name())).toList();
        admin.createTopics(missing).values().forEach((topic, created) -> {
            try {
                Answers.of(created);
                LOG.info("created topic={}", topic);
            } catch (TopicExistsException e) {
                LOG.debug("exists topic={}", topic);
            }
        });
    }
}
