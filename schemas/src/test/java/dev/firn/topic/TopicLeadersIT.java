package dev.firn.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.embedded.EmbeddedStack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicLeadersIT {
    private final Admin admin =
            Admin.create(Map.of("bootstrap.servers", EmbeddedStack.shared().bootstrapServers()));
    private final String topic = "leaders-" + UUID.randomUUID();

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void shouldWaitWhenTheBrokerHasNotHeardOfTheTopicYet() throws Exception {
        // Given
        CompletableFuture<Map<String, Integer>> counts =
                CompletableFuture.supplyAsync(() -> TopicLeaders.await(admin, List.of(topic)));

        // When
        admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1))).all().get();

        // Then
        assertThat(counts.get(1, TimeUnit.MINUTES)).containsExactly(Map.entry(topic, 3));
    }

    @Test
    void shouldSaySoWhenThereIsNoSuchTopic() {
        // When, Then
        assertThatThrownBy(() -> TopicLeaders.await(admin, List.of(topic), Duration.ZERO))
                .isInstanceOf(UnknownTopicOrPartitionException.class);
    }
}
