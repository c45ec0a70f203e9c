package dev.firn.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.embedded.EmbeddedStack;
import dev.firn.sink.commit.KeyedTable.Version;
import dev.firn.sink.keys.KeySpace;
import dev.firn.sink.maintain.Kept;
import dev.firn.sink.table.Tables;
import dev.firn.sink.upsert.TableIndexes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;

/** A table with a key, in S3, clustered beside upserts. */
class ClusteringIT {
    private static final Source SOURCE = new Source(KeyedTable.TOPIC, 0);
    private static final int KEYS = 4_000;

    private final Catalog catalog =
            CatalogUtil.buildIcebergCatalog("firn", EmbeddedStack.shared().catalogProperties(), new Configuration());
    private final TableIdentifier name =
            TableIdentifier.of("c" + UUID.randomUUID().toString().substring(0, 8), "customers");
    private final KeyedTable keyed = table();
    private final IcebergTableStore sink = new IcebergTableStore(
            new Tables(catalog),
            new TableRegister(Optional::empty, () -> {
                throw new AssertionError("nobody rejects");
            }),
            new TableIndexes(KeySpace.onHeap()),
            "test");
    private final SplittableRandom random = new SplittableRandom(17);
    private final List<Version> log = new ArrayList<>();

    private KeyedTable table() {
        ((SupportsNamespaces) catalog)
                .createNamespace(Namespace.of(name.namespace().level(0)));
        return new KeyedTable(catalog, name, 3);
    }

    @Test
    void shouldReadFewFilesByEitherColumnWhenClusteredBesideUpserts() {
        // Given
        keyed.table
                .updateProperties()
                .set("firn.cluster-by", "zorder(_offset, id)")
                .set(TableProperties.WRITE_TARGET_FILE_SIZE_BYTES, "4000")
                .commit();
        upsert(15);
        assertThat(filesOf(0)).isEqualTo(15);

        // When
        CompletableFuture<Void> upserts = CompletableFuture.runAsync(() -> upsert(5));
        var unused = Kept.pack(sink.intact(name).orElseThrow());
        upserts.join();
        // runs of small files turn out small
        for (int i = 0; i < 3; i++) {
            assertThat(Kept.pack(catalog.loadTable(name))).isEmpty();
        }

        // Then
        requireNewest();
        int files = keyed.files().size();
        assertThat(files).isGreaterThan(8);
        assertThat(IntStream.range(0, 8).map(i -> filesOf(i * KEYS / 8)).sum()).isLessThan(8 * files / 2);
        upsert(1);
        requireNewest();
    }

    /** That may have a customer of the next hundred. */
    private int filesOf(int first) {
        int files = 0;
        keyed.table.refresh();
        try (CloseableIterable<FileScanTask> tasks = keyed.table
                .newScan()
                .filter(Expressions.and(
                        Expressions.greaterThanOrEqual("id", first), Expressions.lessThan("id", first + 100)))
                .planFiles()) {
            for (FileScanTask ignored : tasks) {
                files++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private void upsert(int commits) {
        for (int i = 0; i < commits; i++) {
            long start = log.size();
            random.ints(500, 0, KEYS).distinct().forEach(id -> log.add(new Version(SOURCE, log.size(), id, "north")));
            List<Version> versions = log.subList((int) start, log.size());
            List<OffsetRange> ranges = List.of(new OffsetRange(SOURCE, start, log.size(), versions.size(), 0));
            TableCommit commit = sink.prepare(name, keyed.proposal(versions, ranges));
            // what keeps the table in order gives way
            assertThat(commit.attempt()).isInstanceOf(Outcome.Committed.class);
        }
    }

    private void requireNewest() {
        Map<Integer, Long> newest = new TreeMap<>();
        log.forEach(version -> newest.put(version.id(), version.offset()));
        Map<Integer, Long> held = new TreeMap<>();
        keyed.rows()
                .forEach(row -> assertThat(held.put((Integer) row.getField("id"), (Long) row.getField("_offset")))
                        .as("id %s", row.getField("id"))
                        .isNull());
        assertThat(held).isEqualTo(newest);
        assertThat(sink.ledger(name).end(SOURCE)).contains((long) log.size());
    }
}
