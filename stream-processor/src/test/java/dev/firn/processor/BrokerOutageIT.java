package dev.firn.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firn.embedded.EmbeddedStack;
import dev.firn.embedded.KafkaBroker;
import dev.firn.processor.topology.Topics;
import java.nio.file.Path;
import java.time.Duration;
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
        Flow flow = new Flow(kafka);
        try (ServiceProcess service = ServiceProcess.start(dir.resolve("log"), kafka.environment(dir))) {
            flow.start();
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> kafka.read(Topics.SILVER_ACTIVITY).size() > 100);

            // When
            broker.stop();
            Thread.sleep(AWAY.toMillis());
            boolean aliveMeanwhile = service.get("/status").contains("\"state\"");
            broker.start();
            int before = kafka.read(Topics.SILVER_ACTIVITY).size();
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> kafka.read(Topics.SILVER_ACTIVITY).size() > before + 500);
            flow.end();
            service.awaitDrained();

            // Then
            assertThat(aliveMeanwhile).isTrue();
            assertThat(service.get("/health")).contains("\"status\":\"UP\"");
        }
        flow.assertEachOnce();
        assertThat(kafka.read(Topics.QUARANTINE)).isEmpty();
    }
}
