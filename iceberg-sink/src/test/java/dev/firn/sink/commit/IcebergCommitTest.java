package dev.firn.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.sink.table.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.junit.jupiter.api.Test;

class IcebergCommitTest {
    private static final TableIdentifier NAME = TableIdentifier.of("bronze", "activity");
    private static final TableIdentifier QUARANTINE = TableIdentifier.of("bronze", "quarantine");
    private static final Source ZERO = new Source("raw.activity", 0);
    private static final Source ONE = new Source("raw.activity", 1);

    private final FaultyCatalog catalog = FaultyCatalog.fresh();
    private final Table table = catalog.create(NAME);
    private final TableStore store = instance();

    @Test
    void shouldHoldFilesAndLedgerTogetherWhenCommitted() {
        // Given
        Proposal proposal = proposal(ZERO, 5, 15);

        // When
        Outcome outcome = store.prepare(NAME, proposal).attempt();

        // Then
        table.refresh();
        Snapshot snapshot = table.currentSnapshot();
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Committed.class,
                        committed -> assertThat(committed.snapshotId()).hasValue(snapshot.snapshotId()));
        assertThat(snapshot.summary())
                .containsEntry(Ledgers.COMMIT_ID, proposal.id().toString())
                .containsEntry(Ledgers.VERSION, "test")
                .containsEntry(
                        Ledgers.LEDGER,
                        "{\"v\":1,\"ids\":{},\"held\":{\"raw.activity\":{\"0\":[5,15]}},\"rejects\":{}}");
        assertThat(Ledgers.ranges(snapshot)).contains(proposal.advance());
        assertThat(table.properties())
                .containsEntry(Ledgers.LEDGER, snapshot.summary().get(Ledgers.LEDGER));
        assertThat(files()).containsExactly(path(ZERO, 5));
    }

    @Test
    void shouldRefuseWhenAnotherHasCommittedTheOffsets() {
        // Given
        store.prepare(NAME, proposal(ZERO, 0, 10)).attempt();

        // When
        Outcome outcome = instance().prepare(NAME, proposal(ZERO, 5, 12)).attempt();

        // Then
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(files()).containsExactly(path(ZERO, 0));
    }

    @Test
    void shouldKeepTheOthersPartitionsWhenItCommitsBetweenProofAndCommit() {
        // Given
        TableCommit commit = store.prepare(NAME, proposal(ZERO, 0, 10));
        catalog.next(real -> {
            instance().prepare(NAME, proposal(ONE, 0, 7)).attempt();
            real.run();
        });

        // When
        Outcome first = commit.attempt();
        Outcome second = commit.attempt();

        // Then
        assertThat(first).isInstanceOf(Outcome.Conflict.class);
        assertThat(second).isInstanceOf(Outcome.Committed.class);
        assertThat(ledger().held()).containsOnlyKeys(ZERO, ONE);
        assertThat(files()).containsExactly(path(ZERO, 0), path(ONE, 0));
        commit.settle(second);
        assertThat(files()).containsExactly(path(ZERO, 0), path(ONE, 0));
    }

    @Test
    void shouldRefuseWhenTheSameOffsetsAreCommittedBetweenProofAndCommit() {
        // Given
        TableCommit commit = store.prepare(NAME, proposal(ZERO, 0, 10));
        catalog.next(real -> {
            instance().prepare(NAME, proposal(ZERO, 0, 7)).attempt();
            real.run();
        });

        // When
        Outcome first = commit.attempt();
        Outcome second = commit.attempt();

        // Then
        assertThat(first).isInstanceOf(Outcome.Conflict.class);
        assertThat(second).isInstanceOf(Outcome.Refused.class);
        assertThat(ledger().end(ZERO)).contains(7L);
    }

    @Test
    void shouldFindItselfWhenTheResponseWasLost() {
        // Given
        TableCommit commit = store.prepare(NAME, proposal(ZERO, 0, 10));
        catalog.next(real -> {
            real.run();
            throw new RuntimeIOException("connection reset");
        });

        // When
        Outcome first = commit.attempt();
        instance().prepare(NAME, proposal(ONE, 0, 7)).attempt();
        Outcome second = commit.attempt();
        commit.settle(second);

        // Then
        assertThat(first).isInstanceOf(Outcome.Unknown.class);
        assertThat(second).isInstanceOf(Outcome.Committed.class);
        assertThat(files()).containsExactly(path(ZERO, 0), path(ONE, 0));
        assertThat(ledger().end(ZERO)).contains(10L);
    }

    @Test
    void shouldFindItselfWhenTheCatalogClaimsAConflictAfterItTookTheCommit() {
        // Given
        TableCommit commit = store.prepare(NAME, proposal(ZERO, 0, 10));
        catalog.next(real -> {
            real.run();
            throw new CommitFailedException("an answer to the client's own repetition");
        });

        // When
        Outcome first = commit.attempt();
        Outcome second = commit.attempt();
        commit.settle(second);

        // Then
        assertThat(first).isInstanceOf(Outcome.Conflict.class);
        assertThat(second).isInstanceOf(Outcome.Committed.class);
        assertThat(files()).containsExactly(path(ZERO, 0));
        assertThat(snapshots()).hasSize(1);
    }

    @Test
    void shouldCommitAgainWhenTheRequestWasLost() {
        // Given
        TableCommit commit = store.prepare(NAME, proposal(ZERO, 0, 10));
        catalog.next(real -> {
            throw new RuntimeIOException("timeout");
        });

        // When
        Outcome first = commit.attempt();
        Outcome second = commit.attempt();
        commit.settle(second);

        // Then
        assertThat(first).isInstanceOf(Outcome.Unknown.class);
        assertThat(second).isInstanceOf(Outcome.Committed.class);
        assertThat(files()).containsExactly(path(ZERO, 0));
        assertThat(snapshots()).hasSize(1);
    }

    @Test
    void shouldNotCommitTwiceWhenALateRequestArrivesBetweenTwoAttempts() {
        // Given
        TableCommit commit = store.prepare(NAME, proposal(ZERO, 0, 10));
        List<Runnable> late = new ArrayList<>();
        catalog.next(real -> {
            late.add(real);
            throw new RuntimeIOException("timeout");
        });
        catalog.next(real -> {
            late.forEach(Runnable::run);
            real.run();
        });

        // When
        Outcome first = commit.attempt();
        Outcome second = commit.attempt();
        Outcome third = commit.attempt();
        commit.settle(third);

        // Then
        assertThat(List.of(first, second, third))
                .extracting(Object::getClass)
                .isEqualTo(List.of(Outcome.Unknown.class, Outcome.Conflict.class, Outcome.Committed.class));
        assertThat(snapshots()).hasSize(1);
        assertThat(files()).containsExactly(path(ZERO, 0));
    }

    @Test
    void shouldReadTheLedgerWhenAnotherEngineHasCommittedAndExpired() {
        // Given
        store.prepare(NAME, proposal(ZERO, 0, 10)).attempt();

        // When
        table.refresh();
        table.newAppend().appendFile(file("foreign.parquet")).commit();
        table.expireSnapshots()
                .expireSnapshotId(
                        Optional.ofNullable(table.currentSnapshot().parentId()).orElseThrow())
                .commit();
        Outcome outcome = store.prepare(NAME, proposal(ZERO, 10, 12)).attempt();

        // Then
        assertThat(outcome).isInstanceOf(Outcome.Committed.class);
        assertThat(ledger().held()).containsEntry(ZERO, new Span(0, 12));
    }

    @Test
    void shouldKeepItsFilesWhenItArrivedAndItsSnapshotWasExpiredBeforeItAsked() {
        // Given
        Proposal proposal = proposal(ZERO, 0, 10);
        stored(proposal);
        TableCommit frozen = store.prepare(NAME, proposal);
        catalog.next(real -> {
            real.run();
            throw new RuntimeIOException("connection reset");
        });
        frozen.attempt();

        // When
        Proposal next = proposal(ZERO, 10, 20);
        stored(next);
        instance().prepare(NAME, next).attempt();
        table.refresh();
        table.expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();
        Outcome late = frozen.attempt();
        frozen.settle(late);
        frozen.discardFiles();

        // Then
        assertThat(late).isInstanceOf(Outcome.Refused.class);
        assertThat(frozen.mayHaveArrived()).isTrue();
        assertThat(files()).containsExactly(path(ZERO, 0), path(ZERO, 10));
        assertThat(files()).allMatch(this::isStored);
    }

    @Test
    void shouldDeleteItsFilesWhenItNeverArrived() {
        // Given
        Advance advance = Advance.of(List.of(new OffsetRange(ZERO, 0, 10, 10, 0)));
        Proposal proposal = Proposal.of(advance, List.of(file("never.parquet")), 1, Optional.empty());
        stored(proposal);
        TableCommit commit = store.prepare(NAME, proposal);
        catalog.next(real -> {
            instance().prepare(NAME, proposal(ZERO, 0, 7)).attempt();
            real.run();
        });

        // When
        commit.attempt();
        Outcome refused = commit.attempt();
        commit.settle(refused);
        commit.discardFiles();

        // Then
        assertThat(refused).isInstanceOf(Outcome.Refused.class);
        assertThat(isStored("never.parquet")).isFalse();
        assertThat(files()).containsExactly(path(ZERO, 0));
    }

    /** So that it can be seen whether they are deleted. */
    private void stored(Proposal proposal) {
        proposal.files().forEach(file -> ((InMemoryFileIO) table.io()).addFile(file.location(), new byte[] {1}));
    }

    private boolean isStored(String path) {
        return ((InMemoryFileIO) table.io()).fileExists(path);
    }

    @Test
    void shouldGoBackWithTheDataWhenRolledBack() {
        // Given
        store.prepare(NAME, proposal(ZERO, 0, 10)).attempt();
        table.refresh();
        long before = table.currentSnapshot().snapshotId();
        TableCommit rolledBack = store.prepare(NAME, proposal(ZERO, 10, 20));
        rolledBack.attempt();

        // When
        table.refresh();
        table.manageSnapshots().rollbackTo(before).commit();
        Outcome behind = store.prepare(NAME, proposal(ZERO, 20, 30)).attempt();
        Outcome again = store.prepare(NAME, proposal(ZERO, 10, 15)).attempt();

        // Then
        assertThat(behind).isInstanceOf(Outcome.Refused.class);
        assertThat(again).isInstanceOf(Outcome.Committed.class);
        assertThat(ledger().end(ZERO)).contains(15L);
    }

    @Test
    void shouldForgetTheLedgerWhenRolledBackToBeforeIt() {
        // Given
        table.newAppend().appendFile(file("foreign.parquet")).commit();
        long before = table.currentSnapshot().snapshotId();
        store.prepare(NAME, proposal(ZERO, 0, 10)).attempt();

        // When
        table.refresh();
        table.manageSnapshots().rollbackTo(before).commit();

        // Then
        assertThat(ledger()).isEqualTo(Ledger.EMPTY);
    }

    @Test
    void shouldRefuseWhenTheTableIsDroppedAndWhenItIsMadeAnew() {
        // Given
        store.prepare(NAME, proposal(ZERO, 0, 10)).attempt();
        TableCommit late = store.prepare(NAME, proposal(ZERO, 10, 20));

        // When
        catalog.dropTable(NAME);
        Outcome unnoticed = late.attempt();
        Outcome dropped = late.attempt();
        catalog.create(NAME);
        Outcome replaced = late.attempt();

        // Then
        assertThat(unnoticed).isInstanceOf(Outcome.Conflict.class);
        assertThat(List.of(dropped, replaced)).hasOnlyElementsOfType(Outcome.Refused.class);
        assertThat(catalog.loadTable(NAME).currentSnapshot()).isNull();
        assertThatThrownBy(() -> store.ledger(NAME))
                .isInstanceOfSatisfying(
                        TableLostException.class,
                        e -> assertThat(e.what()).isEqualTo(TableLostException.What.REPLACED));
    }

    @Test
    void shouldRefuseWhenTheTableIsReplacedInItsPlace() {
        // Given
        store.prepare(NAME, proposal(ZERO, 0, 10)).attempt();
        TableCommit late = store.prepare(NAME, proposal(ZERO, 10, 20));

        // When
        Transaction replace = catalog.buildTable(NAME, FaultyCatalog.SCHEMA).replaceTransaction();
        replace.newAppend().appendFile(file("made-of-a-query.parquet")).commit();
        replace.commitTransaction();

        // Then
        assertThat(late.attempt()).isInstanceOf(Outcome.Refused.class);
        assertThatThrownBy(() -> instance().ledger(NAME)).isInstanceOf(TableLostException.class);
    }

    @Test
    void shouldRefuseWhenTheSourceIsAnotherOne() {
        // Given
        List<OffsetRange> first = List.of(new OffsetRange(ZERO, 0, 10, 0, 0));
        List<OffsetRange> second = List.of(new OffsetRange(ZERO, 10, 20, 0, 0));
        attempt(new Advance(first, List.of(), Optional.of("cluster"), Map.of(ZERO.topic(), "id")));

        // When
        Outcome otherTopic = attempt(new Advance(second, List.of(), Optional.of("cluster"), Map.of(ZERO.topic(), "x")));
        Outcome otherCluster = attempt(new Advance(second, List.of(), Optional.of("x"), Map.of()));
        Outcome unknown = attempt(Advance.of(second));

        // Then
        assertThat(List.of(otherTopic, otherCluster)).hasOnlyElementsOfType(Outcome.Refused.class);
        assertThat(unknown).isInstanceOf(Outcome.Committed.class);
        assertThat(ledger().cluster()).contains("cluster");
        assertThat(ledger().topicIds()).containsEntry(ZERO.topic(), "id");
    }

    private Outcome attempt(Advance advance) {
        return store.prepare(NAME, Proposal.of(advance, List.of(), 0, Optional.empty()))
                .attempt();
    }

    @Test
    void shouldHaveNothingToHoldWhenThereIsNoTableAndNoFile() {
        // Given
        TableIdentifier missing = TableIdentifier.of("bronze", "missing");

        // When
        Outcome without = store.prepare(
                        missing,
                        Proposal.of(
                                Advance.of(List.of(new OffsetRange(ZERO, 0, 3, 0, 3))), List.of(), 0, Optional.empty()))
                .attempt();
        Outcome with = store.prepare(missing, proposal(ZERO, 0, 3)).attempt();

        // Then
        assertThat(without).isInstanceOf(Outcome.Committed.class);
        assertThat(with).isInstanceOf(Outcome.Outage.class);
    }

    @Test
    void shouldKeepEveryRangeWhenInstancesCommitAtTheSameTime() {
        // Given
        int instances = 3;
        int commits = 25;

        // When
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            Source source = new Source("raw.activity", i);
            running.add(CompletableFuture.runAsync(() -> commitAll(instance(), source, commits)));
        }
        running.forEach(CompletableFuture::join);

        // Then
        assertThat(ledger().held().values())
                .containsExactly(new Span(0, commits), new Span(0, commits), new Span(0, commits));
        assertThat(files()).hasSize(instances * commits);
        assertThat(snapshots()).hasSize(instances * commits);
    }

    private void commitAll(TableStore instance, Source source, int commits) {
        for (int offset = 0; offset < commits; offset++) {
            TableCommit commit = instance.prepare(NAME, proposal(source, offset, offset + 1));
            Outcome outcome = commit.attempt();
            while (!(outcome instanceof Outcome.Committed)) {
                assertThat(outcome).isInstanceOf(Outcome.Conflict.class);
                outcome = commit.attempt();
            }
            commit.settle(outcome);
        }
    }

    private TableStore instance() {
        Tables tables = new Tables(catalog);
        Register register = new TableRegister(() -> tables.load(QUARANTINE), () -> catalog.loadTable(QUARANTINE));
        return new IcebergTableStore(tables, register, (table, proposal) -> Changes.append(proposal), "test");
    }

    private Ledger ledger() {
        return store.ledger(NAME);
    }

    /** Read through manifests, so that one that was deleted is noticed. */
    private Set<String> files() {
        table.refresh();
        Set<String> paths = new TreeSet<>();
        for (FileScanTask task : table.newScan().planFiles()) {
            assertThat(paths.add(task.file().location())).isTrue();
        }
        return paths;
    }

    private List<Snapshot> snapshots() {
        table.refresh();
        return StreamSupport.stream(table.snapshots().spliterator(), false).toList();
    }

    private static Proposal proposal(Source source, long start, long end) {
        Advance advance = Advance.of(List.of(new OffsetRange(source, start, end, end - start, 0)));
        return Proposal.of(advance, List.of(file(path(source, start))), 1, Optional.empty());
    }

    private static String path(Source source, long start) {
        return source + "-" + start + ".parquet";
    }

    private static DataFile file(String path) {
        return DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath(path)
                .withFileSizeInBytes(1)
                .withRecordCount(1)
                .build();
    }
}
