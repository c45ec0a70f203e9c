package dev.firn.sink.consume;

import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.SourcesNow;
import dev.firn.sink.commit.Span;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Origins as the broker tells them. */
final class KafkaOrigins implements Origins, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Admin admin;

    KafkaOrigins(Map<String, String> kafka) {
        this.admin = Admin.create(Map.copyOf(kafka));
    }

    @Override
    public Map<String, Origin> of(Set<String> topics) {
        KafkaFuture<String> asked = admin.describeCluster().clusterId();
        Map<String, KafkaFuture<TopicDescription>> described =
                admin.describeTopics(topics).topicNameValues();
        Optional<String> cluster = answer(asked);
        Map<String, Origin> origins = new HashMap<>();
        described.forEach((topic, description) -> answer(description)
                .ifPresent(it -> origins.put(
                        topic,
                        new Origin(
                                cluster,
                                Optional.of(it.topicId().toString()),
                                OptionalInt.of(it.partitions().size())))));
        return origins;
    }

    /** All that is known of the topics. Throws as {@link #of} does. */
    SourcesNow now(Set<String> topics) {
        Optional<String> cluster = answer(admin.describeCluster().clusterId());
        Map<String, String> ids = new HashMap<>();
        Set<TopicPartition> partitions = new HashSet<>();
        admin.describeTopics(topics)
                .topicNameValues()
                .forEach((topic, description) -> answer(description).ifPresent(it -> {
                    ids.put(topic, it.topicId().toString());
                    it.partitions().forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
                }));
        Map<TopicPartition, Long> begins = offsets(partitions, OffsetSpec.earliest());
        Map<Source, Span> bounds = new HashMap<>();
        offsets(partitions, OffsetSpec.latest())
                .forEach((partition, end) -> bounds.put(
                        Lane.source(partition), new Span(Math.min(end, begins.getOrDefault(partition, end)), end)));
        return new SourcesNow(cluster, ids, bounds);
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        // as lanes read, or a topic that is said to end too early would not be found to
        answer(admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all())
                .ifPresent(found -> found.forEach((partition, at) -> offsets.put(partition, at.offset())));
        return offsets;
    }

    /** Empty for what does not exist. */
    private static <T> Optional<T> answer(KafkaFuture<T> future) {
        try {
            return Optional.ofNullable(future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw new KafkaException("topics can't be described", e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("topics are not described in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        admin.close(PATIENCE);
    }
}
