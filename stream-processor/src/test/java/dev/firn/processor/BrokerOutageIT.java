package dev.firn.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firn.embedded.EmbeddedStack;
import dev.firn.embedded.KafkaBroker;
import dev.firn.processor.topology.Events;
import dev.firn.processor.topology.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service while its broker, one of its own, is away. */
class BrokerOutageIT {
    private static final Duration AWAY = Duration.ofSeconds(15);

    @TempDir
    private Path dir;

    private KafkaBroker broker;
    private Kafka kafka;

    @BeforeEach
    void start() throws Exception {
        broker = KafkaBroker.alone(dir);
        broker.start();
        kafka = new Kafka(broker.bootstrapServers(), EmbeddedStack.shared().registryUrl());
        kafka.createRawTopics(2);
    }

    @AfterEach
    void stop() {
        broker.stop();
    }

    @Test
    void shouldGoOnByItselfAndLoseAndDoubleNothingWhenTheBrokerWasAway() throws Exception {
        // Given
        Flow flow = new Flow();
        Thread sender = new Thread(flow, "sender");
        try (ServiceProcess service = ServiceProcess.start(dir.resolve("log"), kafka.environment(dir))) {
            sender.start();
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> kafka.read(Topics.SILVER_ACTIVITY).size() > 100);

            // When
            broker.stop();
            Thread.sleep(AWAY.toMillis());
            boolean aliveMeanwhile = service.get("/status").contains("\"state\"");
            broker.start();
            int before = kafka.read(Topics.SILVER_ACTIVITY).size();
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> kafka.read(Topics.SILVER_ACTIVITY).size() > before + 500);
            flow.more = false;
            sender.join();
            await().atMost(Duration.ofSeconds(60)).until(service::isDrained);

            // Then
            assertThat(aliveMeanwhile).isTrue();
            assertThat(service.get("/health")).contains("\"status\":\"UP\"");
        }
        for (Future<RecordMetadata> each : flow.sent) {
            each.get();
        }
        assertThat(kafka.rows(Topics.SILVER_ACTIVITY))
                .extracting(row -> row.get("event_id").toString())
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, flow.sent.size())
                        .mapToObj(i -> "e" + i)
                        .toList());
        assertThat(kafka.read(Topics.QUARANTINE)).isEmpty();
    }

    /** An event every few milliseconds, the partitions by turns. */
    private final class Flow implements Runnable {
        private static final long PAUSE_MILLIS = 5;

        private final List<Future<RecordMetadata>> sent = new ArrayList<>();
        private volatile boolean more = true;

        @Override
        public void run() {
            try (KafkaProducer<String, byte[]> producer = kafka.producer()) {
                for (int i = 0; more; i++) {
                    byte[] value = kafka.encode(
                            Topics.RAW_ACTIVITY, Events.activity("e" + i, "s" + i / 600, Events.START.plusSeconds(i)));
                    sent.add(producer.send(new ProducerRecord<>(Topics.RAW_ACTIVITY, i % 2, "s", value)));
                    Thread.sleep(PAUSE_MILLIS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
