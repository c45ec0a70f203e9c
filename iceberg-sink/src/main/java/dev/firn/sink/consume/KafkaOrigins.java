package dev.firn.sink.consume;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
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
                        topic, new Origin(cluster, Optional.of(it.topicId().toString())))));
        return origins;
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
