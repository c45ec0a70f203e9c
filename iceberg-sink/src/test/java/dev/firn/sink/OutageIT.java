package dev.firn.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.embedded.EmbeddedStack;
import dev.firn.embedded.FaultyProxy;
import dev.firn.embedded.FaultyProxy.Fault;
import dev.firn.embedded.RestCatalogServer;
import dev.firn.registry.ConfluentRegistry;
import dev.firn.registry.RegistryConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that are away for longer than every timeout and all repetitions of the clients, which are short here. */
class OutageIT {
    private static final int BATCH = 50;
    private static final long AWAY_MILLIS = 8_000;

    private final FaultyJdbcCatalog behind = FaultyJdbcCatalog.open(TestSink.STACK.catalogProperties());
    private final RestCatalogServer server = RestCatalogServer.serve(behind, 0);
    private final FaultyProxy catalog = FaultyProxy.before(server.url());
    private final FaultyProxy storage = FaultyProxy.before(TestSink.STACK.s3Endpoint());
    private final FaultyProxy registry = FaultyProxy.before(TestSink.STACK.registryUrl());
    private final TestSink test = new TestSink(
            catalog(catalog.endpoint(), storage.endpoint()),
            new ConfluentRegistry(
                    RegistryConfig.of(TestSink.STACK.registryUrl().replaceFirst("http://[^/]*", registry.endpoint()))
                            .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1))),
            Map.of("request.timeout.ms", "2000", "default.api.timeout.ms", "3000"));
    private int batches;

    OutageIT() throws IOException {}

    @AfterEach
    void close() throws IOException {
        test.close();
        catalog.close();
        storage.close();
        registry.close();
        server.close();
        behind.close();
    }

    @Test
    void shouldHoldEachRecordOnceWhenCatalogStorageAndRegistryAreAway() throws InterruptedException {
        // Given
        String topic = test.topic("events", 2);
        TableIdentifier table = TableIdentifier.parse(topic);
        test.start(1, Duration.ofMillis(200));
        produceBatch(topic);
        awaitAll(table);

        // When
        outage(Fault.HUNG, List.of(storage), topic);
        outage(Fault.HUNG, List.of(catalog), topic);
        outage(Fault.REFUSED, List.of(catalog, storage, registry), topic);

        // Then
        requireEachOnce(table);
    }

    @Test
    void shouldHoldEachRecordOnceWhenTheBrokerGoesBetweenTheTableAndTheGroupOffsets() throws Exception {
        // Given
        String topic = test.topic("events", 2);
        TableIdentifier table = TableIdentifier.parse(topic);
        test.start(1, Duration.ofMillis(200));
        produceBatch(topic);
        awaitAll(table);

        // When
        CountDownLatch gone = new CountDownLatch(1);
        behind.faults.add(real -> {
            TestSink.STACK.broker().stop();
            real.run();
            gone.countDown();
        });
        produceBatch(topic);
        assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
        Thread.sleep(AWAY_MILLIS);
        TestSink.STACK.broker().start();
        produceBatch(topic);
        awaitAll(table);

        // Then
        requireEachOnce(table);
    }

    private void outage(Fault fault, List<FaultyProxy> servers, String topic) throws InterruptedException {
        servers.forEach(proxy -> proxy.inject((method, target) -> Optional.of(fault)));
        produceBatch(topic);
        Thread.sleep(AWAY_MILLIS);
        produceBatch(topic);
        servers.forEach(proxy -> proxy.inject((method, target) -> Optional.empty()));
        awaitAll(TableIdentifier.parse(topic));
        assertThat(servers.get(0).struck()).isPositive();
    }

    private static Catalog catalog(String uri, String storage) {
        Map<String, String> properties = new HashMap<>(EmbeddedStack.storageProperties(storage));
        properties.putAll(Map.of(
                "type",
                "rest",
                "uri",
                uri,
                "rest.client.max-retries",
                "1",
                "rest.client.socket-timeout-ms",
                "1000",
                "s3.retry.num-retries",
                "1",
                "s3.retry.min-wait-ms",
                "100",
                "http-client.apache.socket-timeout-ms",
                "1000"));
        return CatalogUtil.buildIcebergCatalog(EmbeddedStack.CATALOG, properties, null);
    }

    private void produceBatch(String topic) {
        List<byte[]> values = new ArrayList<>(Events.values(test.registry, topic, batches * BATCH, BATCH));
        values.add(new byte[] {9});
        test.produce(topic, values);
        batches++;
    }

    private void awaitAll(TableIdentifier table) {
        test.awaitRows(table, (long) batches * BATCH);
        test.awaitRows(test.quarantine, batches);
    }

    private void requireEachOnce(TableIdentifier table) {
        test.requireOnce(table, batches * BATCH);
        assertThat(test.rows(test.quarantine)).hasSize(batches);
        assertThat(test.reconcile(table).faults()).isEmpty();
    }
}
