package dev.firn.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firn.embedded.EmbeddedStack;
import dev.firn.processor.pack.WireEncoder;
import dev.firn.processor.topology.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service while its registry is away, and a record names a schema that it has never seen. */
class RegistryOutageIT {
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Kafka KAFKA = new Kafka(
            EmbeddedStack.shared().bootstrapServers(), EmbeddedStack.shared().registryUrl());
    private static final String RAW = "raw.outage_letters";
    private static final String SILVER = "silver.outage_letters";
    private static final Schema LETTER = new Schema.Parser().parse("""
            {"type":"record","name":"Letter","firn.key":["id"],"fields":[
              {"name":"id","type":"string","firn.rules":["unique(1h)"]}]}""");
    private static final Schema NEXT =
            new Schema.Parser().parse(LETTER.toString().replaceFirst("\"name\":\"id\"", "$0,\"doc\":\"of a letter\""));

    @TempDir
    private Path dir;

    @Test
    void shouldGoOnWithOtherPartitionsAndKeepItsStateWhenTheRegistryIsAway() throws Exception {
        // Given
        KAFKA.createTopic(RAW, 2);
        int old = KAFKA.registry().register(RAW + "-value", LETTER);
        Path log = dir.resolve("log");
        try (RegistryFront registry = new RegistryFront(EmbeddedStack.shared().registryUrl());
                ServiceProcess service = ServiceProcess.start(log, environment(registry))) {
            produce(0, old, "a", 100);
            awaitRows(100);

            // When
            registry.leave();
            int next = KAFKA.registry().register(RAW + "-value", NEXT);
            produce(1, next, "b", 1);
            produce(1, old, "c", 1);
            produce(0, old, "d", 100);
            awaitRows(200);
            int meanwhile = KAFKA.read(SILVER).size();
            registry.comeBack();
            produce(0, old, "a", 100);
            service.awaitDrained();

            // Then
            assertThat(meanwhile).isEqualTo(200);
        }
        assertThat(KAFKA.records(SILVER))
                .extracting(row -> row.get("id").toString())
                .doesNotHaveDuplicates()
                .hasSize(202)
                .containsSubsequence(List.of("b0", "c0"));
        assertThat(KAFKA.records(Topics.QUARANTINE))
                .noneMatch(row -> row.get("source_topic").toString().equals(RAW));
        assertThat(Files.readString(log))
                .contains("records wait in their topic")
                .doesNotContain("stream thread ended");
    }

    private Map<String, String> environment(RegistryFront registry) {
        Map<String, String> environment = new HashMap<>(KAFKA.environment(dir));
        environment.put("FIRN_REGISTRY_URL", registry.url());
        environment.put("FIRN_PROCESSOR_APPLICATION_ID", "outage");
        environment.put("FIRN_PROCESSOR_FUTURE_MOBILITY", "false");
        environment.put("FIRN_PROCESSOR_TOPICS", "raw\\.outage_.*");
        environment.put("FIRN_PROCESSOR_TOPIC_INTERVAL", "300ms");
        return environment;
    }

    private static void produce(int partition, int schemaId, String prefix, int letters) throws Exception {
        WireEncoder<GenericRecord> encoder = new WireEncoder<>(schemaId, new GenericDatumWriter<>(LETTER));
        Future<RecordMetadata> sent = CompletableFuture.completedFuture(null);
        try (KafkaProducer<String, byte[]> producer = KAFKA.producer()) {
            for (int i = 0; i < letters; i++) {
                GenericRecord letter = new GenericData.Record(LETTER);
                letter.put("id", prefix + i);
                sent = producer.send(new ProducerRecord<>(RAW, partition, "k", encoder.encode(letter)));
            }
            sent.get();
        }
    }

    private static void awaitRows(int rows) {
        await().atMost(LONGEST)
                .ignoreExceptions()
                .until(() -> KAFKA.read(SILVER).size() >= rows);
    }
}
