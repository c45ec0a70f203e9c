package dev.firn.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.commit.Span;
import dev.firn.sink.consume.Target;
import dev.firn.sink.decode.ValueFormat;
import dev.firn.sink.table.BranchOperations;
import dev.firn.sink.table.TableKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A table whose commits go to a branch: written, audited, published. */
class BranchIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final TestSink test = new TestSink(BranchIT::target);
    private int produced;

    private static Target target(String topic) {
        TableIdentifier table = TableIdentifier.parse(topic);
        Target target = topic.endsWith(".keyed")
                ? new Target(table, TableKind.PLAIN, List.of("n"), ValueFormat.AVRO, Optional.empty())
                : new Target(table, TableKind.BRONZE);
        return target.onBranch("staged");
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void shouldShowEachRecordOnceWhenItIsPublishedAndTheSinkDiesInBetween() {
        // Given
        String topic = test.topic("events", 2);
        TableIdentifier name = TableIdentifier.parse(topic);
        Sink first = test.start();
        produce(topic, 100);
        assertThat(test.rows(name)).isEmpty();

        // When
        first.publisher().publish(name, OptionalLong.empty());
        assertThat(test.rows(name)).hasSize(100);
        test.faults().add(real -> {
            real.run();
            throw new CommitStateUnknownException(new IOException("the answer is lost"));
        });
        produce(topic, 100);
        first.abandon();
        Sink second = test.start();
        produce(topic, 100);

        // Then
        assertThat(test.rows(name)).hasSize(100);
        assertThat(test.reconcile(name).faults()).isEmpty();
        second.publisher().publish(name, OptionalLong.empty());
        test.requireOnce(name, 300);
        assertThat(test.reconcile(name).faults()).isEmpty();
    }

    @Test
    void shouldHoldTheNewestRowOfEachKeyOnTheBranch() {
        // Given
        String topic = test.topic("keyed", 1);
        TableIdentifier name = TableIdentifier.parse(topic);
        Sink sink = test.start();
        produce(topic, 50);
        sink.publisher().publish(name, OptionalLong.empty());

        // When
        List<byte[]> newer = new ArrayList<>();
        for (int n = 0; n < 50; n++) {
            newer.add(Events.value(test.registry, topic, n, "newer"));
        }
        produce(topic, newer);

        // Then
        assertThat(texts(test.rows(name))).doesNotContain("newer").hasSize(50);
        assertThat(texts(rows(branch(name)))).containsOnly("newer").hasSize(50);
        sink.publisher().publish(name, OptionalLong.empty());
        assertThat(texts(test.rows(name))).containsOnly("newer").hasSize(50);
        assertThat(test.reconcile(name).faults()).isEmpty();
    }

    private static List<String> texts(List<Record> rows) {
        return rows.stream().map(row -> String.valueOf(row.getField("text"))).toList();
    }

    private Table branch(TableIdentifier name) {
        return BranchOperations.over(test.catalog.loadTable(name));
    }

    private static List<Record> rows(Table table) {
        List<Record> rows = new ArrayList<>();
        try (CloseableIterable<Record> read = IcebergGenerics.read(table).build()) {
            read.forEach(rows::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private void produce(String topic, int count) {
        produce(topic, Events.values(test.registry, topic, produced, count));
    }

    /** Until all of it is on the branch. */
    private void produce(String topic, List<byte[]> values) {
        test.produce(topic, values);
        produced += values.size();
        TableIdentifier name = TableIdentifier.parse(topic);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> test.catalog.tableExists(name) && held(branch(name)) == produced);
    }

    private static long held(Table branch) {
        return Ledgers.of(branch).held().values().stream().mapToLong(Span::end).sum();
    }
}
