package dev.firn.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.embedded.FreePort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two processes, of which one is frozen for so long that the group goes on without it, and comes back as a zombie. */
class FrozenIT {
    private static final int BATCH = 100;
    private static final long FROZEN_MILLIS = 9_000;

    private final TestSink test = new TestSink();
    private final List<Process> processes = new ArrayList<>();
    private final AtomicBoolean producing = new AtomicBoolean(true);
    private final AtomicInteger batches = new AtomicInteger();

    @AfterEach
    void close() {
        processes.forEach(Process::destroyForcibly);
        test.close();
    }

    @Test
    void shouldHoldEachRecordOnceWhenAProcessIsFrozenAndTheGroupIsAClassicOne() throws Exception {
        freezeWhileProducing(Map.of("FIRN_KAFKA_PROPERTIES_SESSION_TIMEOUT_MS", "6000"));
    }

    @Test
    void shouldHoldEachRecordOnceWhenAProcessIsFrozenAndTheBrokerAssigns() throws Exception {
        shortenSessions();
        freezeWhileProducing(Map.of("FIRN_KAFKA_PROPERTIES_GROUP_PROTOCOL", "consumer"));
    }

    private void freezeWhileProducing(Map<String, String> properties) throws Exception {
        // Given
        String topic = test.topic("events", 4);
        TableIdentifier table = TableIdentifier.parse(topic);
        Process frozen = start(properties);
        start(properties);
        Thread producer = new Thread(() -> produce(topic));
        producer.start();
        test.awaitRows(table, 1);

        // When
        signal("STOP", frozen);
        Thread.sleep(FROZEN_MILLIS);
        signal("CONT", frozen);
        Thread.sleep(3_000);
        producing.set(false);
        producer.join();

        // Then
        test.awaitRows(table, (long) batches.get() * BATCH);
        test.awaitRows(test.quarantine, batches.get());
        test.requireOnce(table, batches.get() * BATCH);
        assertThat(test.rows(test.quarantine)).hasSize(batches.get());
        assertThat(test.reconcile(table).faults()).isEmpty();
    }

    private void produce(String topic) {
        while (producing.get()) {
            List<byte[]> values = new ArrayList<>(Events.values(test.registry, topic, batches.get() * BATCH, BATCH));
            values.add(new byte[] {9});
            test.produce(topic, values);
            batches.incrementAndGet();
        }
    }

    private Process start(Map<String, String> properties) throws IOException {
        Map<String, String> environment = ServiceIT.environment(test, FreePort.any());
        environment.putAll(properties);
        Process process = ServiceIT.start(environment, ServiceIT.SHORT_LIVED);
        processes.add(process);
        return process;
    }

    private static void signal(String name, Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** The broker says how long such a member may be silent. */
    private void shortenSessions() throws ExecutionException, InterruptedException {
        String group = ServiceIT.environment(test, 0).getOrDefault("FIRN_SINK_GROUP_ID", "");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestSink.STACK.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.GROUP, group),
                            List.of(
                                    new AlterConfigOp(
                                            new ConfigEntry("consumer.session.timeout.ms", "6000"), OpType.SET),
                                    new AlterConfigOp(
                                            new ConfigEntry("consumer.heartbeat.interval.ms", "1000"), OpType.SET))))
                    .all()
                    .get();
        }
    }
}
