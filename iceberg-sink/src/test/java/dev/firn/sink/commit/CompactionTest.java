package dev.firn.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.sink.commit.KeyedTable.Version;
import dev.firn.sink.keys.KeySpace;
import dev.firn.sink.maintain.Kept;
import dev.firn.sink.table.Tables;
import dev.firn.sink.upsert.LiveRows;
import dev.firn.sink.upsert.TableIndexes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packing of small files beside upserts, in both format versions, and clustering. */
class CompactionTest {
    private static final Source SOURCE = new Source(KeyedTable.TOPIC, 0);

    private final FaultyCatalog catalog = FaultyCatalog.fresh();
    private final TableIdentifier name = TableIdentifier.of("bronze", "customers");
    private final List<Version> log = new ArrayList<>();
    private final KeyedTable keyed = new KeyedTable(catalog, name, 2);
    private final TableStore sink = new IcebergTableStore(
            new Tables(catalog),
            new TableRegister(Optional::empty, () -> {
                throw new AssertionError("nobody rejects");
            }),
            new TableIndexes(KeySpace.onHeap()),
            "test");

    /** Clustered is said by a format version with another sign. */
    private void start(int formatVersion) {
        if (Math.abs(formatVersion) == 3) {
            keyed.useVectors();
        }
        if (formatVersion < 0) {
            keyed.table
                    .updateProperties()
                    .set("firn.cluster-by", "zorder(id, _offset)")
                    .commit();
        }
        for (int i = 0; i < 6; i++) {
            upsert(i, i + 1, i + 2, i + 3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, -2, -3})
    void shouldPackFilesAndFoldDeletesAndKeepTheLedger(int formatVersion) {
        // Given
        start(formatVersion);

        // When
        Optional<String> refusal = Kept.pack(keyed.table);

        // Then
        assertThat(refusal).isEmpty();
        assertThat(keyed.files()).hasSize(1);
        assertThat(keyed.files().get(0).deletes()).isEmpty();
        assertThat(keyed.table.currentSnapshot().summary())
                .containsKey(Ledgers.LEDGER)
                .doesNotContainKey(Ledgers.RANGES);
        requireNewest();
        upsert(0, 5);
        upsert(1, 2, 3);
        requireNewest();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, -2, -3})
    void shouldDeleteOfTheCopyWhatWasDeletedMeanwhile(int formatVersion) {
        // Given
        start(formatVersion);
        catalog.next(real -> {
            upsert(2, 3, 4);
            real.run();
        });

        // When
        Optional<String> refusal = Kept.pack(keyed.table);

        // Then
        assertThat(refusal).isEmpty();
        requireNewest();
        upsert(2, 7);
        requireNewest();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, -2, -3})
    void shouldHoldNewVersionsOfKeysWhoseRowsWereDropped(int formatVersion) {
        // Given
        start(formatVersion);
        keyed.table
                .newDelete()
                .deleteFromRowFilter(Expressions.equal("place", "north"))
                .commit();

        // When
        upsert(0, 1, 2, 3, 4, 5, 6, 7, 8);

        // Then
        requireNewest();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, -2, -3})
    void shouldHaveBeenDoneWhenTheAnswerIsLost(int formatVersion) {
        // Given
        start(formatVersion);
        catalog.next(real -> {
            real.run();
            throw new ServiceFailureException("503, though it was taken");
        });

        // When
        Optional<String> refusal = Kept.pack(keyed.table);

        // Then
        assertThat(refusal).isEmpty();
        assertThat(keyed.files()).hasSize(1);
        requireNewest();
        requireItsFiles();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, -2, -3})
    void shouldHaveBeenDoneWhenItIsToldThatAnotherWasFasterWhoWasItself(int formatVersion) {
        // Given
        start(formatVersion);
        catalog.next(real -> {
            real.run();
            throw new CommitFailedException("409, to a client that has sent it again by itself");
        });

        // When
        Optional<String> refusal = Kept.pack(keyed.table);

        // Then
        assertThat(refusal).isEmpty();
        assertThat(keyed.files()).hasSize(1);
        requireNewest();
        requireItsFiles();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, -2, -3})
    void shouldGiveWayWhenTheTableIsRolledBackMeanwhile(int formatVersion) {
        // Given
        start(formatVersion);
        keyed.table.refresh();
        long before = keyed.table.currentSnapshot().parentId();
        catalog.next(real -> {
            catalog.loadTable(name).manageSnapshots().rollbackTo(before).commit();
            real.run();
        });

        // When
        Optional<String> refusal = Kept.pack(keyed.table);

        // Then
        assertThat(refusal).isPresent();
        keyed.table.refresh();
        assertThat(keyed.table.currentSnapshot().snapshotId()).isEqualTo(before);
        log.subList(log.size() - 4, log.size()).clear();
        requireNewest();
        requireItsFiles();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, -2, -3})
    void shouldGiveWayWhenAnotherEngineHasCompacted(int formatVersion) {
        // Given
        start(formatVersion);
        catalog.next(real -> {
            keyed.compact("north");
            real.run();
        });

        // When
        Optional<String> refusal = Kept.pack(catalog.loadTable(name));

        // Then
        assertThat(refusal).isPresent();
        assertThat(keyed.files()).hasSize(1);
        requireNewest();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, -2, -3})
    void shouldRefuseFilesThatMayHaveBeenRemovedSince(int formatVersion) {
        // Given
        start(formatVersion);
        catalog.next(real -> {
            assertThat(new AgeFence(Instant.now().plusSeconds(60)).raise(catalog.loadTable(name)))
                    .isTrue();
            real.run();
        });

        // When
        Optional<String> refusal = Kept.pack(keyed.table);

        // Then
        assertThat(refusal).isPresent();
        requireNewest();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, -2, -3})
    void shouldLeaveOnlyOrphansWhenItDiesInTheMiddle(int formatVersion) {
        // Given
        start(formatVersion);
        for (int i = 0; i < 5; i++) {
            catalog.next(real -> {
                throw new IllegalThreadStateException("killed");
            });
        }

        // When
        assertThatThrownBy(() -> Kept.pack(keyed.table)).isInstanceOf(IllegalThreadStateException.class);

        // Then
        catalog.calm();
        requireNewest();
        assertThat(Kept.pack(keyed.table)).isEmpty();
        requireNewest();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, -3})
    void shouldKeepWhoEachRowIs(int formatVersion) {
        // Given
        start(formatVersion);
        Map<Integer, String> before = identities();

        // When
        Kept.pack(keyed.table);
        upsert(11);
        Kept.pack(keyed.table);

        // Then
        Map<Integer, String> after = identities();
        assertThat(after.values()).doesNotContainNull();
        after.remove(11);
        before.remove(11);
        assertThat(after).isEqualTo(before);
    }

    private Map<Integer, String> identities() {
        Map<Integer, String> identities = new TreeMap<>();
        for (FileScanTask task : keyed.files()) {
            try (CloseableIterable<Record> rows = LiveRows.open(
                    keyed.table, task, MetadataColumns.schemaWithRowLineage(keyed.table.schema()), false)) {
                rows.forEach(row -> identities.put(
                        (Integer) row.getField("id"),
                        row.getField(MetadataColumns.ROW_ID.name()) + " "
                                + row.getField(MetadataColumns.LAST_UPDATED_SEQUENCE_NUMBER.name())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return identities;
    }

    private void upsert(int... ids) {
        long start = log.size();
        List<Version> versions = new ArrayList<>();
        for (int id : ids) {
            versions.add(new Version(SOURCE, start + versions.size(), id, "north"));
        }
        log.addAll(versions);
        List<OffsetRange> ranges = List.of(new OffsetRange(SOURCE, start, log.size(), versions.size(), 0));
        TableCommit commit = sink.prepare(name, keyed.proposal(versions, ranges));
        Outcome outcome = commit.attempt();
        for (int i = 0; i < 5 && outcome instanceof Outcome.Conflict; i++) {
            outcome = commit.attempt();
        }
        assertThat(outcome).isInstanceOf(Outcome.Committed.class);
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

    private void requireItsFiles() {
        assertThat(keyed.files()).allMatch(task -> exists(task.file().location()));
    }

    private boolean exists(String location) {
        try {
            return keyed.table.io().newInputFile(location).exists();
        } catch (NotFoundException e) {
            return false;
        }
    }
}
