package dev.firn.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.sink.commit.KeyedTable.Version;
import dev.firn.sink.keys.KeySpace;
import dev.firn.sink.table.Tables;
import dev.firn.sink.upsert.TableIndexes;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others do to a table's history: rows and position go back and forth together, or the table stops. */
class LedgerHistoryTest {
    private static final TableIdentifier NAME = TableIdentifier.of("bronze", "customers");
    private static final TableIdentifier QUARANTINE = TableIdentifier.of("ops", "quarantine");
    private static final Source SOURCE = new Source(KeyedTable.TOPIC, 0);

    private final FaultyCatalog catalog = FaultyCatalog.fresh();
    private final KeyedTable keyed = new KeyedTable(catalog, NAME, 2);
    private final Table table = keyed.table;
    private final Tables tables = new Tables(catalog);
    private final Register register =
            new TableRegister(() -> tables.load(QUARANTINE), () -> catalog.loadTable(QUARANTINE));
    private final IcebergTableStore store =
            new IcebergTableStore(tables, register, new TableIndexes(KeySpace.onHeap()), "test");

    @BeforeEach
    void holdSomething() {
        catalog.createNamespace(Namespace.of("ops"));
        catalog.create(QUARANTINE);
        commit(0, 10);
    }

    @Test
    void shouldStopWhenRolledBackAndNoSnapshotIsLeftThatSaysWhatItHolds() {
        // Given
        another();
        long before = current();
        commit(10, 20);

        // When
        rollBack(before);
        expireAllButTheCurrent();

        // Then
        requireLost();
    }

    @Test
    void shouldStopWhenAnotherCommitsOverARollbackAndExpires() {
        // Given
        long before = current();
        commit(10, 20);

        // When
        rollBack(before);
        another();
        expireAllButTheCurrent();

        // Then
        requireLost();
        assertThat(prepare(20, 30).attempt()).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void shouldGoOnAfterItsRowsWhenThatIsDecided() {
        // Given
        another();
        long before = current();
        commit(10, 20);
        rollBack(before);
        expireAllButTheCurrent();
        Decider decider = new Decider(
                store,
                register,
                QUARANTINE,
                names -> new SourcesNow(Optional.empty(), Map.of(), Map.of(SOURCE, new Span(0, 20))),
                Clock.systemUTC());

        // When
        Decision decision = decider.decide(NAME, Decision.Kind.RESUME_AFTER_ROWS, "jane");

        // Then
        assertThat(decision.spans()).containsExactly(Map.entry(SOURCE, new Span(10, 20)));
        commit(10, 20);
        assertThat(keyed.rows()).hasSize(20);
    }

    @Test
    void shouldGoOnWhenOthersCommitAndExpireAllThatHoldsTheLedger() {
        // When
        another();
        another();
        expireAllButTheCurrent();

        // Then
        assertThat(store.ledger(NAME).end(SOURCE)).contains(10L);
        commit(10, 20);
    }

    @Test
    void shouldBeginAgainWhenRolledBackToBeforeItsFirstRowsAndTheOthersAreExpired() {
        // Given
        TableIdentifier other = TableIdentifier.of("bronze", "mixed");
        Table mixed = catalog.create(other);
        mixed.newAppend().commit();
        long before = mixed.currentSnapshot().snapshotId();
        Advance advance = Advance.of(List.of(new OffsetRange(SOURCE, 0, 10, 0, 0)));
        store.prepare(other, Proposal.of(advance, List.of(), 0, Optional.empty()))
                .attempt();

        // When
        mixed.refresh();
        mixed.manageSnapshots().rollbackTo(before).commit();
        mixed.expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();

        // Then
        assertThat(store.ledger(other)).isEqualTo(Ledger.EMPTY);
    }

    @Test
    void shouldGoForthWithTheRowsWhenARollbackIsTakenBack() {
        // Given
        long before = current();
        commit(10, 20);
        long after = current();

        // When
        rollBack(before);
        table.manageSnapshots().setCurrentSnapshot(after).commit();

        // Then
        assertThat(store.ledger(NAME).end(SOURCE)).contains(20L);
    }

    @Test
    void shouldCountWhatIsCherryPickedWhenItFollowsWhatTheTableHolds() {
        // Given
        long before = current();
        commit(10, 20);
        long picked = current();

        // When
        rollBack(before);
        another();
        cherryPick(picked);

        // Then
        assertThat(store.ledger(NAME).end(SOURCE)).contains(20L);
        commit(20, 30);
        assertThat(keyed.rows()).hasSize(30);
    }

    @Test
    void shouldStopWhenWhatIsCherryPickedLeavesAGap() {
        // Given
        long before = current();
        commit(10, 20);
        commit(20, 30);
        long picked = current();

        // When
        rollBack(before);
        another();
        cherryPick(picked);

        // Then
        requireLost();
    }

    @Test
    void shouldFollowTheBranchWhenTheTableIsMovedToIt() {
        // Given
        long before = current();
        commit(10, 20);
        table.refresh();
        table.manageSnapshots().createBranch("audit", before).commit();

        // When
        table.manageSnapshots().replaceBranch("main", "audit").commit();

        // Then
        assertThat(store.ledger(NAME).end(SOURCE)).contains(10L);
        commit(10, 15);
    }

    @Test
    void shouldStayWhereItIsWhenAnotherOverwritesTheRows() {
        // When
        table.refresh();
        table.newOverwrite().overwriteByRowFilter(Expressions.alwaysTrue()).commit();

        // Then
        assertThat(store.ledger(NAME).end(SOURCE)).contains(10L);
        assertThat(keyed.rows()).isEmpty();
        commit(10, 20);
    }

    private TableCommit prepare(long start, long end) {
        List<Version> versions = LongStream.range(start, end)
                .mapToObj(offset -> new Version(SOURCE, offset, (int) offset, "north"))
                .toList();
        return store.prepare(
                NAME, keyed.proposal(versions, List.of(new OffsetRange(SOURCE, start, end, end - start, 0))));
    }

    private void commit(long start, long end) {
        assertThat(prepare(start, end).attempt()).isInstanceOf(Outcome.Committed.class);
    }

    private long current() {
        table.refresh();
        return table.currentSnapshot().snapshotId();
    }

    private void another() {
        table.refresh();
        table.newAppend().commit();
    }

    private void rollBack(long to) {
        table.refresh();
        table.manageSnapshots().rollbackTo(to).commit();
    }

    private void cherryPick(long snapshot) {
        table.refresh();
        table.manageSnapshots().cherrypick(snapshot).commit();
    }

    private void expireAllButTheCurrent() {
        table.refresh();
        table.expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();
    }

    private void requireLost() {
        assertThatThrownBy(() -> store.ledger(NAME))
                .isInstanceOfSatisfying(
                        TableLostException.class,
                        lost -> assertThat(lost.what()).isEqualTo(TableLostException.What.LEDGER));
    }
}
