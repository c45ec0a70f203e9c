package dev.firn.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firn.registry.ConfluentRegistry;
import dev.firn.registry.RegistryConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The sink on a branch of a real Nessie: what it brings is published when somebody has looked at it. Profile nessie. */
@EnabledIfSystemProperty(named = "firn.nessie", matches = ".+")
class NessieIT {
    private static final int BATCH = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    private final NessieServer nessie =
            new NessieServer(Path.of(System.getProperty("firn.nessie")), TestSink.STACK, folder);
    private final List<AutoCloseable> open = new ArrayList<>();
    private int batches;

    NessieIT() throws IOException {}

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        nessie.close();
    }

    @Test
    void shouldHoldEachRecordOnceWhenBranchIsPublishedRolledBackAndPublishedAgain() {
        // Given: nobody but the sink sees what it brings
        nessie.branch("ingest", "main");
        Catalog ingest = opened(nessie.at("ingest"));
        Catalog main = opened(nessie.at("main"));
        TestSink test = new TestSink(nessie.at("ingest"), registry(), Map.of());
        open.add(test);
        String topic = test.topic("events", 2);
        TableIdentifier table = TableIdentifier.parse(topic);
        test.start(1, Duration.ofMillis(200));
        produce(test, topic);
        awaitAll(test, ingest, table);
        assertThat(main.tableExists(table)).isFalse();

        // When: it is found good, published, and goes on
        assertThat(test.reconcile(ingest, table).faults()).isEmpty();
        nessie.fastForward("main", "ingest");
        nessie.tag("good", "main");
        produce(test, topic);
        awaitAll(test, ingest, table);

        // Then
        assertThat(TestSink.rows(main, table)).hasSize(BATCH);

        // When: what came since is found bad, and the branch rolled back
        nessie.assign("ingest", "good");
        assertThat(TestSink.rows(ingest, table)).hasSize(BATCH);
        produce(test, topic);
        awaitAll(test, ingest, table);

        // Then: what was rolled back has come again, once
        assertThat(test.reconcile(ingest, table).faults()).isEmpty();
        nessie.fastForward("main", "ingest");
        requireEachOnce(TestSink.rows(main, table));
        assertThat(TestSink.rows(main, test.quarantine)).hasSize(batches);
        assertThat(TestSink.rows(opened(nessie.at("good")), table)).hasSize(BATCH);
    }

    private void requireEachOnce(List<Record> rows) {
        assertThat(rows).hasSize(batches * BATCH);
        assertThat(rows.stream().map(row -> row.getField("n")).distinct()).hasSize(batches * BATCH);
    }

    private void produce(TestSink test, String topic) {
        List<byte[]> values = new ArrayList<>(Events.values(test.registry, topic, batches * BATCH, BATCH));
        values.add(new byte[] {9});
        test.produce(topic, values);
        batches++;
    }

    private void awaitAll(TestSink test, Catalog catalog, TableIdentifier table) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            assertThat(TestSink.rows(catalog, table)).hasSize(batches * BATCH);
            assertThat(TestSink.rows(catalog, test.quarantine)).hasSize(batches);
        });
    }

    private Catalog opened(Catalog catalog) {
        open.add((AutoCloseable) catalog);
        return catalog;
    }

    private static ConfluentRegistry registry() {
        return new ConfluentRegistry(RegistryConfig.of(TestSink.STACK.registryUrl()));
    }
}
