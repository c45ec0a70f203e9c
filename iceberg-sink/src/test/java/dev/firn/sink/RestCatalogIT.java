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
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A catalog over the network: every request that a round makes of it meets every fault. */
class RestCatalogIT {
    private static final int GOOD = 20;

    private static final Pattern COMMIT = Pattern.compile("POST /v1/namespaces/[^/]+/tables/[^/]+");
    private static final Pattern LOAD = Pattern.compile("GET /v1/namespaces/[^/]+/tables/[^/]+.*");
    private static final Pattern CREATE = Pattern.compile("POST /v1/namespaces(/[^/]+/tables)?");

    private final FaultyJdbcCatalog behind = FaultyJdbcCatalog.open(TestSink.STACK.catalogProperties());
    private final RestCatalogServer server = RestCatalogServer.serve(behind, 0);
    private final FaultyProxy proxy = FaultyProxy.before(server.url());
    private final TestSink test = new TestSink(
            client(proxy.endpoint()), new ConfluentRegistry(RegistryConfig.of(TestSink.STACK.registryUrl())), Map.of());
    private int batches;

    RestCatalogIT() throws IOException {}

    @AfterEach
    void close() throws IOException {
        test.close();
        proxy.close();
        server.close();
        behind.close();
    }

    @Test
    void shouldHoldEachRecordOnceWhenCommitsAndLoadsMeetAnyFault() {
        // Given
        String topic = test.topic("events", 2);
        TableIdentifier table = TableIdentifier.parse(topic);
        test.start(1, Duration.ofMillis(200));
        produceBatch(topic);
        awaitAll(table);

        // When: twice each, since the commits of a round are that of quarantine and that of the table
        for (Fault fault : Fault.values()) {
            meet(COMMIT, fault, topic);
        }
        for (Fault fault : List.of(Fault.REFUSED, Fault.HUNG, Fault.UNAVAILABLE)) {
            meet(LOAD, fault, topic);
        }

        // Then
        requireEachOnce(table);
    }

    @Test
    void shouldMakeItsTableWhenCreationsMeetFaults() {
        // Given
        Deque<Fault> faults = new ConcurrentLinkedDeque<>(
                List.of(Fault.ERROR, Fault.LOST_RESPONSE, Fault.TAKEN_TIMEOUT, Fault.UNAVAILABLE));
        proxy.inject((method, target) -> CREATE.matcher(method + " " + target).matches()
                ? Optional.ofNullable(faults.poll())
                : Optional.empty());
        String topic = test.topic("events", 2);
        test.start(1, Duration.ofMillis(200));

        // When
        produceBatch(topic);
        awaitAll(TableIdentifier.parse(topic));

        // Then
        assertThat(faults).isEmpty();
        requireEachOnce(TableIdentifier.parse(topic));
    }

    private void meet(Pattern requests, Fault fault, String topic) {
        int before = proxy.struck();
        proxy.inject(some(requests, fault, 2));
        produceBatch(topic);
        awaitAll(TableIdentifier.parse(topic));
        assertThat(proxy.struck()).as(requests + " " + fault).isEqualTo(before + 2);
    }

    private static FaultyProxy.Faults some(Pattern requests, Fault fault, int count) {
        AtomicInteger left = new AtomicInteger(count);
        return (method, target) -> requests.matcher(method + " " + target).matches() && left.getAndDecrement() > 0
                ? Optional.of(fault)
                : Optional.empty();
    }

    private static Catalog client(String uri) {
        Map<String, String> properties = new HashMap<>(TestSink.STACK.catalogProperties());
        properties.remove("catalog-impl");
        properties.put("uri", uri);
        properties.put("type", "rest");
        properties.put("rest.client.max-retries", "1");
        properties.put("rest.client.socket-timeout-ms", "1000");
        return CatalogUtil.buildIcebergCatalog(EmbeddedStack.CATALOG, properties, null);
    }

    private void produceBatch(String topic) {
        List<byte[]> values = new ArrayList<>(Events.values(test.registry, topic, batches * GOOD, GOOD));
        values.add(new byte[] {9});
        test.produce(topic, values);
        batches++;
    }

    private void awaitAll(TableIdentifier table) {
        test.awaitRows(table, (long) batches * GOOD);
        test.awaitRows(test.quarantine, batches);
    }

    private void requireEachOnce(TableIdentifier table) {
        test.requireOnce(table, batches * GOOD);
        assertThat(test.rows(test.quarantine)).hasSize(batches);
        assertThat(test.reconcile(table).faults()).isEmpty();
    }
}
