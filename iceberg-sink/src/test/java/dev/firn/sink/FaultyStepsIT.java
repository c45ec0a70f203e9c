package dev.firn.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firn.embedded.FaultyProxy;
import dev.firn.embedded.FaultyProxy.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every step of a round meets every fault. */
class FaultyStepsIT {
    /** Records of a batch: good ones, and one for quarantine. */
    private static final int GOOD = 20;

    private static final List<Fault> FAULTS =
            List.of(Fault.REFUSED, Fault.SLOW, Fault.ERROR, Fault.UNAVAILABLE, Fault.LOST_RESPONSE);

    private static final Map<String, Pattern> STEPS = Map.of(
            "data file", Pattern.compile("PUT .*/data/.*\\.parquet.*"),
            "manifest", Pattern.compile("PUT .*/metadata/[^/]*-m\\d+\\.avro.*"),
            "manifest list", Pattern.compile("PUT .*/metadata/snap-[^/]*\\.avro.*"),
            "metadata", Pattern.compile("PUT .*\\.metadata\\.json.*"),
            "refresh", Pattern.compile("GET .*\\.metadata\\.json.*"));

    private final FaultyProxy storage = FaultyProxy.before(TestSink.STACK.s3Endpoint());
    private final FaultyProxy registry = FaultyProxy.before(TestSink.STACK.registryUrl());
    private final TestSink test = new TestSink(
            Map.of(
                    "s3.endpoint", storage.endpoint(),
                    "s3.retry.num-retries", "1",
                    "s3.retry.min-wait-ms", "100"),
            TestSink.STACK.registryUrl().replaceFirst("http://[^/]*", registry.endpoint()));
    private int batches;

    FaultyStepsIT() throws IOException {}

    @AfterEach
    void close() throws IOException {
        test.close();
        storage.close();
        registry.close();
    }

    @Test
    void shouldHoldEachRecordOnceWhenAnyStepMeetsAnyFault() {
        // Given
        String topic = test.topic("events", 2);
        TableIdentifier table = TableIdentifier.parse(topic);
        test.start(1, Duration.ofMillis(200));
        produceBatch(topic);
        awaitAll(table);

        // When
        STEPS.forEach((step, requests) -> {
            for (Fault fault : FAULTS) {
                int before = storage.struck();
                storage.inject(some(requests, fault, fault == Fault.SLOW ? 1 : 2));
                produceBatch(topic);
                awaitAll(table);
                assertThat(storage.struck()).as(step + " " + fault).isGreaterThan(before);
            }
        });

        // Then
        requireEachOnce(table);
    }

    @Test
    void shouldHoldEachRecordOnceWhenTheCatalogAnswersAnythingAtEitherCommit() {
        // Given
        String topic = test.topic("events", 2);
        TableIdentifier table = TableIdentifier.parse(topic);
        test.start(1, Duration.ofMillis(200));

        // When: the commits of a round are that of quarantine and that of the table
        for (int commit = 0; commit < 8; commit++) {
            boolean arrives = commit % 4 < 2;
            boolean claimsConflict = commit % 2 == 0;
            for (int skipped = 0; skipped < commit / 4; skipped++) {
                test.faults().add(Runnable::run);
            }
            test.faults().add(real -> {
                if (arrives) {
                    real.run();
                }
                throw claimsConflict
                        ? new CommitFailedException("simulated")
                        : new IllegalStateException("connection reset, simulated");
            });
            produceBatch(topic);
            awaitAll(table);
        }

        // Then
        assertThat(test.faults()).isEmpty();
        requireEachOnce(table);
    }

    @Test
    void shouldWaitForTheRegistryAndLetOthersGoOnWhenItIsAway() {
        // Given
        String known = test.topic("known", 1);
        String unknown = test.topic("unknown", 1);
        test.start();
        produceGood(known, 0, 10);
        test.awaitRows(TableIdentifier.parse(known), 10);

        // When
        registry.inject((method, target) -> Optional.of(Fault.UNAVAILABLE));
        test.produce(unknown, Events.othersValues(test.registry, unknown, 10));
        await().until(() -> registry.struck() > 0);
        produceGood(known, 10, 10);
        test.awaitRows(TableIdentifier.parse(known), 20);

        // Then
        assertThat(test.count(TableIdentifier.parse(unknown))).isZero();
        registry.inject((method, target) -> Optional.empty());
        test.awaitRows(TableIdentifier.parse(unknown), 10);
        test.requireOnce(TableIdentifier.parse(unknown), 10);
        test.requireOnce(TableIdentifier.parse(known), 20);
        assertThat(test.rows(test.quarantine)).isEmpty();
    }

    private static FaultyProxy.Faults some(Pattern requests, Fault fault, int count) {
        AtomicInteger left = new AtomicInteger(count);
        return (method, target) -> requests.matcher(method + " " + target).matches() && left.getAndDecrement() > 0
                ? Optional.of(fault)
                : Optional.empty();
    }

    private void produceBatch(String topic) {
        List<byte[]> values = new ArrayList<>(Events.values(test.registry, topic, batches * GOOD, GOOD));
        values.add(new byte[] {9});
        test.produce(topic, values);
        batches++;
    }

    private void produceGood(String topic, int from, int count) {
        test.produce(topic, Events.values(test.registry, topic, from, count));
    }

    private void awaitAll(TableIdentifier table) {
        test.awaitRows(table, (long) batches * GOOD);
        test.awaitRows(test.quarantine, batches);
    }

    private void requireEachOnce(TableIdentifier table) {
        test.requireOnce(table, batches * GOOD);
        assertThat(test.rows(test.quarantine).stream()
                        .map(row -> row.getField("partition") + "-" + row.getField("offset"))
                        .distinct())
                .hasSize(batches);
        assertThat(test.rows(test.quarantine)).hasSize(batches);
        assertThat(test.reconcile(table).faults()).isEmpty();
    }
}
