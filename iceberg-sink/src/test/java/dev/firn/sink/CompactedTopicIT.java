package dev.firn.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.commit.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A topic whose records go, before the sink has read them and after it has, and leave gaps in the offsets. */
class CompactedTopicIT {
    private static final int KEYS = 10;

    private final TestSink test = new TestSink();

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void shouldHoldWhatIsLeftWhenATopicIsCompacted() throws Exception {
        // Given
        String topic = test.space + ".compacted";
        TableIdentifier table = TableIdentifier.parse(topic);
        make(topic);
        Sink first = test.start();
        produce(topic, 100);
        test.awaitRows(table, 100);
        first.close();

        // When: compaction takes held records, and some that are not
        produce(topic, 100);
        produce(topic, 5, true);
        Thread.sleep(200);
        produce(topic, 1);
        await().atMost(Duration.ofMinutes(3)).until(() -> left(topic).size() < 50);
        List<ConsumerRecord<byte[], byte[]>> left = left(topic);
        long rows = left.stream()
                .filter(record -> record.offset() >= 100 && record.value() != null)
                .count();
        long tombstones = left.stream().filter(record -> record.value() == null).count();
        test.start();
        test.awaitRows(table, 100 + rows);
        test.awaitRows(test.quarantine, tombstones);

        // Then
        test.requireOnce(table, (int) (100 + rows));
        assertThat(test.rows(test.quarantine)).hasSize((int) tombstones);
        assertThat(Ledgers.of(test.catalog.loadTable(table)).end(new Source(topic, 0)))
                .hasValue(206L);
        assertThat(test.reconcile(table).faults()).isEmpty();
    }

    private static void make(String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestSink.STACK.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)
                            .configs(Map.of(
                                    "cleanup.policy", "compact",
                                    "segment.ms", "100",
                                    "min.cleanable.dirty.ratio", "0.001"))))
                    .all()
                    .get();
        }
    }

    private void produce(String topic, int count) {
        produce(topic, count, false);
    }

    private void produce(String topic, int count, boolean tombstones) {
        List<byte[]> values = Events.values(test.registry, topic, 0, count);
        try (KafkaProducer<byte[], byte[]> producer = test.producer(Map.of())) {
            for (int i = 0; i < count; i++) {
                byte[] key = ("key " + i % KEYS).getBytes(StandardCharsets.UTF_8);
                var unused = producer.send(new ProducerRecord<>(topic, key, tombstones ? null : values.get(i)));
            }
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> left(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<ConsumerRecord<byte[], byte[]>> left = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestSink.STACK.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(left::add);
            }
        }
        return left;
    }
}
