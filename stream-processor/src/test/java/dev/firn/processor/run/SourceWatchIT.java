package dev.firn.processor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firn.embedded.EmbeddedStack;
import dev.firn.processor.watermark.SourceProgress;
import dev.firn.quarantine.Replay;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class SourceWatchIT {
    private static final Map<String, Object> CLIENTS =
            Map.of("bootstrap.servers", EmbeddedStack.shared().bootstrapServers());
    private static final String RETRY = Replay.processorTopic("drain.raw");
    private static final Duration LONGEST = Duration.ofMinutes(2);

    @Test
    void shouldTakeAPartitionForDrainedOnlyWhenAllOfBothTopicsIsCommitted() throws Exception {
        try (Admin admin = Admin.create(CLIENTS)) {
            // Given
            admin.createTopics(List.of("drain.raw", RETRY).stream()
                            .map(name -> new NewTopic(name, 2, (short) 1))
                            .toList())
                    .all()
                    .get();
            produce("drain.raw");
            produce(RETRY);
            try (SourceWatch watching = new SourceWatch(admin, "drain", List.of("drain.raw"), Clock.systemUTC())) {
                SourceProgress watch = watching.of("drain.raw");
                assertThat(watch.isDrained(1)).isFalse();
                await().atMost(LONGEST).until(() -> watch.isDrained(0));
                assertThat(watch.isDrained(1)).isFalse();

                // When
                commit(admin, "drain.raw");
                Thread.sleep(2_500);
                boolean drainedByHalf = watch.isDrained(1);
                commit(admin, RETRY);

                // Then
                await().atMost(LONGEST).until(() -> watch.isDrained(1));
                assertThat(drainedByHalf).isFalse();
            }
        }
    }

    private static void produce(String topic) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(CLIENTS, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, 1, null, new byte[1])).get();
        }
    }

    private static void commit(Admin admin, String topic) throws Exception {
        admin.alterConsumerGroupOffsets("drain", Map.of(new TopicPartition(topic, 1), new OffsetAndMetadata(1)))
                .all()
                .get();
    }
}
