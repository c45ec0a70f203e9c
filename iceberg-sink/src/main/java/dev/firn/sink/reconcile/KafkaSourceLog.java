package dev.firn.sink.reconcile;

import static java.util.Objects.requireNonNull;

import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.Span;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The sources in Kafka. Commits nothing, joins no group. For use by one thread. */
public final class KafkaSourceLog implements SourceLog, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    private final Admin admin;
    private final Consumer<byte[], byte[]> consumer;
    private final Clock clock;
    private final Duration patience;

    /**
     * Connects.
     *
     * @param properties of Kafka clients: bootstrap servers, security
     * @param patience for how long a read may stand still
     */
    public KafkaSourceLog(Map<String, ?> properties, Clock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
        admin = Admin.create(new HashMap<>(properties));
        consumer = new KafkaConsumer<>(
                consumerProperties(properties), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> consumerProperties(Map<String, ?> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "20000");
        all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(4 << 20));
        return all;
    }

    @Override
    public Map<Source, Bounds> bounds(Set<Source> sources) {
        Map<String, TopicDescription> topics = describe(sources);
        Map<Source, TopicPartition> there = new TreeMap<>();
        sources.stream()
                .filter(source -> topics.containsKey(source.topic())
                        && source.partition()
                                < topics.get(source.topic()).partitions().size())
                .forEach(source -> there.put(source, partition(source)));
        Map<TopicPartition, Long> starts = offsets(there.values(), OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(there.values(), OffsetSpec.latest());
        Set<String> compacted = compacted(topics.keySet());
        Map<Source, Bounds> bounds = new HashMap<>();
        there.forEach((source, partition) -> bounds.put(
                source,
                new Bounds(
                        starts.getOrDefault(partition, 0L),
                        ends.getOrDefault(partition, 0L),
                        compacted.contains(source.topic()),
                        Optional.ofNullable(topics.get(source.topic()))
                                .map(topic -> topic.topicId().toString()))));
        return bounds;
    }

    @Override
    public void read(Map<Source, Span> spans, Visitor visitor) {
        Map<TopicPartition, Source> open = new HashMap<>();
        spans.keySet().forEach(source -> open.put(partition(source), source));
        consumer.assign(open.keySet());
        open.forEach((partition, source) ->
                consumer.seek(partition, requireNonNull(spans.get(source)).start()));
        Instant moved = clock.instant();
        while (!open.isEmpty()) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            visit(records, spans, visitor);
            boolean closed = closeRead(open, spans);
            if (closed || !records.isEmpty()) {
                moved = clock.instant();
            } else if (moved.plus(patience).isBefore(clock.instant())) {
                throw new SourceUnavailableException("Kafka gives no records of " + open.values());
            }
        }
    }

    private static void visit(ConsumerRecords<byte[], byte[]> records, Map<Source, Span> spans, Visitor visitor) {
        for (TopicPartition partition : records.partitions()) {
            Source source = new Source(partition.topic(), partition.partition());
            long end = requireNonNull(spans.get(source)).end();
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                if (record.offset() < end) {
                    visitor.record(source, record);
                }
            }
        }
    }

    /** Leaves out what has been read to its end; tells whether there was any. */
    private boolean closeRead(Map<TopicPartition, Source> open, Map<Source, Span> spans) {
        Set<TopicPartition> read = open.entrySet().stream()
                .filter(entry -> consumer.position(entry.getKey())
                        >= requireNonNull(spans.get(entry.getValue())).end())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        consumer.pause(read);
        return open.keySet().removeAll(read);
    }

    private Map<String, TopicDescription> describe(Set<Source> sources) {
        Set<String> names = sources.stream().map(Source::topic).collect(Collectors.toSet());
        Map<String, TopicDescription> topics = new HashMap<>();
        admin.describeTopics(names)
                .topicNameValues()
                .forEach((name, description) -> existing(description).ifPresent(topic -> topics.put(name, topic)));
        return topics;
    }

    private static Optional<TopicDescription> existing(KafkaFuture<TopicDescription> description) {
        try {
            return Optional.of(get(description));
        } catch (SourceUnavailableException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> which));
        var committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        get(admin.listOffsets(asked, committed).all())
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    private Set<String> compacted(Set<String> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Set<String> compacted = new HashSet<>();
        get(admin.describeConfigs(resources).all()).forEach((resource, config) -> {
            if (config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value().contains("compact")) {
                compacted.add(resource.name());
            }
        });
        return compacted;
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new SourceUnavailableException("Kafka does not describe its topics: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceUnavailableException("interrupted", e);
        }
    }

    private static TopicPartition partition(Source source) {
        return new TopicPartition(source.topic(), source.partition());
    }

    @Override
    public void close() {
        consumer.close();
        admin.close();
    }
}
