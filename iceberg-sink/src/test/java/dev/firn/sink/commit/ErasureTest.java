package dev.firn.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.sink.commit.KeyedTable.Version;
import dev.firn.sink.keys.KeySpace;
import dev.firn.sink.maintain.Erasure;
import dev.firn.sink.maintain.Erasure.Found;
import dev.firn.sink.table.Tables;
import dev.firn.sink.upsert.TableIndexes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Erasure of a key beside upserts, in both format versions. */
class ErasureTest {
    private static final Source SOURCE = new Source(KeyedTable.TOPIC, 0);
    private static final Map<String, String> THREE = Map.of("id", "3");

    private final FaultyCatalog catalog = FaultyCatalog.fresh();
    private final TableIdentifier name = TableIdentifier.of("bronze", "customers");
    private final KeyedTable keyed = new KeyedTable(catalog, name, 2);
    private final Erasure erasure = new Erasure(catalog, Clock.systemUTC());
    private final TableStore sink = new IcebergTableStore(
            new Tables(catalog),
            new TableRegister(Optional::empty, () -> {
                throw new AssertionError("nobody rejects");
            }),
            new TableIndexes(KeySpace.onHeap()),
            "test");
    private long offset;

    /** Six windows, of which the key 3 is in four, and live in the last. */
    private void start(int formatVersion) {
        if (formatVersion == 3) {
            keyed.useVectors();
        }
        for (int i = 0; i < 6; i++) {
            upsert(i, i + 1, i + 2, i + 3);
        }
    }

    private void upsert(int... ids) {
        long start = offset;
        List<Version> versions = new ArrayList<>();
        for (int id : ids) {
            versions.add(new Version(SOURCE, offset++, id, "north"));
        }
        List<OffsetRange> ranges = List.of(new OffsetRange(SOURCE, start, offset, versions.size(), 0));
        TableCommit commit = sink.prepare(name, keyed.proposal(versions, ranges));
        Outcome outcome = commit.attempt();
        for (int i = 0; i < 5 && outcome instanceof Outcome.Conflict; i++) {
            outcome = commit.attempt();
        }
        assertThat(outcome).isInstanceOf(Outcome.Committed.class);
    }

    private Found run(boolean dryRun) {
        return erasure.run(name, THREE, dryRun);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void shouldLeaveTheKeyInNoFileOfAnySnapshot(int formatVersion) {
        // Given
        start(formatVersion);
        Set<String> before = files();

        // When
        Found found = run(false);

        // Then
        assertThat(found.rows()).isEqualTo(1);
        assertThat(found.files()).isEqualTo(4);
        assertThat(found.kept()).isEmpty();
        assertThat(live()).containsExactly(0, 1, 2, 4, 5, 6, 7, 8);
        assertThat(held()).doesNotContain(3);
        assertThat(before.stream().filter(this::exists)).isSubsetOf(files());
        assertThat(sink.ledger(name).end(SOURCE)).contains(offset);
        assertThat(Ledgers.rowsRemoved(catalog.loadTable(name))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void shouldTakeALaterVersionOfTheKeyAsANewOne(int formatVersion) {
        // Given
        start(formatVersion);
        run(false);

        // When
        upsert(2, 3, 8);

        // Then
        assertThat(live()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(Ledgers.rowsRemoved(catalog.loadTable(name))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void shouldEraseBesideUpsertsThatDeleteOfTheSameFiles(int formatVersion) {
        // Given
        start(formatVersion);
        catalog.next(real -> {
            upsert(2, 4);
            real.run();
        });

        // When
        run(false);

        // Then
        assertThat(live()).containsExactly(0, 1, 2, 4, 5, 6, 7, 8);
        assertThat(held()).doesNotContain(3);
    }

    @ParameterizedTest
    @ValueSource(ints = 2)
    void shouldNameTheTagThatKeepsIt(int formatVersion) {
        // Given
        start(formatVersion);
        keyed.table.refresh();
        keyed.table
                .manageSnapshots()
                .createTag("audited", keyed.table.currentSnapshot().snapshotId())
                .commit();

        // When
        run(false);

        // Then
        Found after = run(true);
        assertThat(after.rows()).isZero();
        assertThat(after.files()).isZero();
        assertThat(after.snapshots()).isEqualTo(1);
        assertThat(after.kept()).containsExactly("audited");
    }

    @ParameterizedTest
    @ValueSource(ints = 2)
    void shouldChangeNothingWhenItOnlyLooks(int formatVersion) {
        // Given
        start(formatVersion);
        keyed.table.refresh();
        long before = keyed.table.currentSnapshot().snapshotId();

        // When
        Found found = run(true);

        // Then
        assertThat(found.rows()).isEqualTo(1);
        assertThat(found.snapshots()).isEqualTo(6);
        keyed.table.refresh();
        assertThat(keyed.table.currentSnapshot().snapshotId()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", ""})
    void shouldRefuseAValueThatIsNoneOfItsColumn(String value) {
        // Given
        start(2);

        // When, then
        assertThatThrownBy(() -> erasure.run(name, Map.of("id", value), true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Set<Integer> live() {
        Set<Integer> ids = new TreeSet<>();
        keyed.rows()
                .forEach(
                        row -> assertThat(ids.add((Integer) row.getField("id"))).isTrue());
        return ids;
    }

    /** All data files of all snapshots. */
    private Set<String> files() {
        keyed.table.refresh();
        Set<String> files = new HashSet<>();
        for (Snapshot snapshot : keyed.table.snapshots()) {
            for (ManifestFile manifest : snapshot.dataManifests(keyed.table.io())) {
                try (ManifestReader<DataFile> all =
                        ManifestFiles.read(manifest, keyed.table.io(), keyed.table.specs())) {
                    all.forEach(file -> files.add(file.location()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return files;
    }

    /** The keys in them, of deleted rows, too. */
    private Set<Integer> held() {
        Set<Integer> ids = new TreeSet<>();
        for (String file : files()) {
            try (CloseableIterable<Record> rows = Parquet.read(keyed.table.io().newInputFile(file))
                    .project(keyed.table.schema())
                    .createReaderFunc(type -> GenericParquetReaders.buildReader(keyed.table.schema(), type))
                    .build()) {
                rows.forEach(row -> ids.add((Integer) row.getField("id")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return ids;
    }

    private boolean exists(String location) {
        try {
            return keyed.table.io().newInputFile(location).exists();
        } catch (NotFoundException e) {
            // files in memory say it so
            return false;
        }
    }
}
