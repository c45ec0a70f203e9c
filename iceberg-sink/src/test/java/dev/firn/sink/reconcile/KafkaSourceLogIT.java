package dev.firn.sink.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.embedded.KafkaBroker;
import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSourceLogIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    static KafkaBroker broker;

    @BeforeAll
    static void start() throws IOException {
        broker = KafkaBroker.alone(folder);
        broker.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void shouldVisitCommittedRecordsOnlyWhenTransactionsAreMixed() throws InterruptedException, ExecutionException {
        // Given
        Source source = topic("mixed", Map.of());
        List<Long> offsets = new ArrayList<>();
        Map<Source, SourceLog.Bounds> bounds;
        try (var producer = producer("mixed")) {
            transaction(producer, source, 3, true); // 0, 1, 2 and a marker
            transaction(producer, source, 2, false); // 4, 5 and a marker
            transaction(producer, source, 2, true); // 7, 8 and a marker
            producer.beginTransaction(); // 10, open
            send(producer, source, 1);

            // When
            try (KafkaSourceLog log = log()) {
                bounds = log.bounds(Set.of(source));
                log.read(Map.of(source, new Span(1, 10)), (from, record) -> offsets.add(record.offset()));
            }
            producer.abortTransaction();
        }

        // Then
        assertThat(offsets).containsExactly(1L, 2L, 7L, 8L);
        assertThat(bounds.get(source))
                .extracting(SourceLog.Bounds::start, SourceLog.Bounds::end)
                .containsExactly(0L, 10L);
    }

    @Test
    void shouldTellWhatRetentionLeftAndWhatIsCompacted() throws InterruptedException, ExecutionException {
        // Given
        Source source = topic("kept", Map.of("cleanup.policy", "compact,delete"));
        try (var producer = producer("kept")) {
            transaction(producer, source, 9, true);
        }
        try (Admin admin = admin()) {
            admin.deleteRecords(Map.of(new TopicPartition("kept", 0), RecordsToDelete.beforeOffset(4)))
                    .all()
                    .get();
        }
        Set<Source> sources = Set.of(source, new Source("kept", 1), new Source("unknown", 0));

        // When
        Map<Source, SourceLog.Bounds> bounds;
        try (KafkaSourceLog log = log()) {
            bounds = log.bounds(sources);
        }

        // Then
        assertThat(bounds).containsOnlyKeys(source);
        assertThat(bounds.get(source))
                .extracting(SourceLog.Bounds::start, SourceLog.Bounds::end, SourceLog.Bounds::compacted)
                .containsExactly(4L, 10L, true);
    }

    private static void transaction(
            KafkaProducer<byte[], byte[]> producer, Source source, int records, boolean commit) {
        producer.beginTransaction();
        send(producer, source, records);
        if (commit) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, Source source, int records) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            sent.add(producer.send(
                    new ProducerRecord<>(source.topic(), source.partition(), new byte[] {1}, new byte[100])));
        }
        producer.flush();
        assertThat(sent).allMatch(Future::isDone);
    }

    private static KafkaProducer<byte[], byte[]> producer(String transactionalId) {
        var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", broker.bootstrapServers(), "transactional.id", transactionalId),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private static Source topic(String name, Map<String, String> config)
            throws InterruptedException, ExecutionException {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1).configs(config)))
                    .all()
                    .get();
        }
        return new Source(name, 0);
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static KafkaSourceLog log() {
        return new KafkaSourceLog(Map.of("bootstrap.servers", broker.bootstrapServers()), Clock.systemUTC(), PATIENCE);
    }
}
