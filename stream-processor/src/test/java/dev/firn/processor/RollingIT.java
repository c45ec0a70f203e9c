package dev.firn.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firn.embedded.EmbeddedStack;
import dev.firn.embedded.KafkaBroker;
import dev.firn.processor.topology.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances that come and go while events flow, each with a standby of the other's state. */
class RollingIT {
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final int SOME = 300;

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
    void shouldLoseAndDoubleNothingWhenInstancesJoinRestartAndDieUnderLoad() throws Exception {
        // Given
        Flow flow = new Flow(kafka);
        try (ServiceProcess first = instance("first")) {
            flow.start();
            awaitMore();

            // When
            try (ServiceProcess second = instance("second")) {
                await().atMost(LONGEST).until(() -> hasTasks(second) && hasTasks(first));
                awaitMore();
                assertThat(first.stop()).isEqualTo(143);
                try (ServiceProcess again = instance("first")) {
                    await().atMost(LONGEST).until(() -> hasTasks(again) && hasTasks(second));
                    awaitMore();
                    second.kill();
                    awaitMore();
                    flow.end();
                    again.awaitDrained();
                }
            }
        }

        // Then
        flow.assertEachOnce();
        assertThat(kafka.read(Topics.QUARANTINE)).isEmpty();
    }

    private ServiceProcess instance(String name) throws IOException {
        Map<String, String> environment = new HashMap<>(kafka.environment(dir.resolve(name)));
        environment.put("FIRN_PROCESSOR_INSTANCE_ID", name);
        environment.put("FIRN_KAFKA_PROPERTIES_NUM_STANDBY_REPLICAS", "1");
        return ServiceProcess.start(dir.resolve(name + ".log"), environment);
    }

    private void awaitMore() {
        int before = kafka.read(Topics.SILVER_ACTIVITY).size();
        await().atMost(LONGEST).until(() -> kafka.read(Topics.SILVER_ACTIVITY).size() > before + SOME);
    }

    private static boolean hasTasks(ServiceProcess service) {
        String status = service.get("/status");
        return status.contains("\"state\":\"RUNNING\"") && status.contains("\"tasks\":[\"");
    }
}
