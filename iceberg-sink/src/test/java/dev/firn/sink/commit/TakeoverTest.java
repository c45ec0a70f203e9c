package dev.firn.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.embedded.RestCatalogServer;
import dev.firn.sink.table.Tables;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two lanes that follow the same source, of which one takes a record for a row and the other one rejects it. */
class TakeoverTest {
    private static final TableIdentifier NAME = TableIdentifier.of("bronze", "activity");
    private static final TableIdentifier QUARANTINE = TableIdentifier.of("ops", "quarantine");
    private static final Source SOURCE = new Source("raw.activity", 0);
    private static final RejectSource OWNED = new RejectSource(NAME.toString(), SOURCE);

    private final FaultyCatalog catalog = FaultyCatalog.fresh();
    private final Tables tables = new Tables(catalog);
    private final Register register =
            new TableRegister(() -> tables.load(QUARANTINE), () -> catalog.loadTable(QUARANTINE));
    private final TableStore store =
            new IcebergTableStore(tables, register, (table, proposal) -> Changes.append(proposal), "test");

    @BeforeEach
    void makeQuarantine() {
        catalog.createNamespace(Namespace.of("ops"));
        catalog.create(QUARANTINE);
    }

    @Test
    void shouldRefuseRowsOfAZombieWhenItsSuccessorRejects() {
        // Given
        catalog.create(NAME);

        // When
        Claimed claimed = store.claim(NAME, rows("successor"));
        Outcome rejects = rejects("successor", claimed.table()).attempt();

        // Then
        assertThat(claimed.outcome()).isInstanceOf(Outcome.Committed.class);
        assertThat(rejects).isInstanceOf(Outcome.Committed.class);
        assertThat(rowsOf("zombie").attempt()).isInstanceOf(Outcome.Refused.class);
        assertThat(rowsOf("successor").attempt()).isInstanceOf(Outcome.Committed.class);
    }

    @Test
    void shouldRefuseRejectsOfAZombieWhenItsSuccessorTookOver() {
        // Given
        catalog.create(NAME);
        Claimed claimed = store.claim(NAME, rows("zombie"));

        // When
        register.own(Map.of(OWNED, "successor"));
        store.own(NAME, Map.of(OWNED, "successor"));

        // Then
        assertThat(rejects("zombie", claimed.table()).attempt()).isInstanceOf(Outcome.Refused.class);
        assertThat(rowsOf("zombie").attempt()).isInstanceOf(Outcome.Refused.class);
        assertThat(rowsOf("successor").attempt()).isInstanceOf(Outcome.Committed.class);
    }

    @Test
    void shouldRefuseRejectsWhenATableWasMadeThatNobodyWasShutOutOf() {
        // Given
        Claimed claimed = store.claim(NAME, rows("zombie"));

        // When
        register.note(NAME, catalog.create(NAME).uuid());

        // Then
        assertThat(claimed.table()).isEmpty();
        assertThat(rejects("zombie", claimed.table()).attempt()).isInstanceOf(Outcome.Refused.class);
        assertThat(rowsOf("successor").attempt()).isInstanceOf(Outcome.Committed.class);
    }

    @Test
    void shouldGiveWayWhenRejectsWereCommittedBeforeTheTableWasMade() {
        // Given
        rejects("first", Optional.empty()).attempt();
        register.note(NAME, catalog.create(NAME).uuid());
        TableCommit late = rowsOf("late");

        // When
        Outcome first = late.attempt();
        Outcome second = late.attempt();

        // Then
        assertThat(first).isInstanceOf(Outcome.Conflict.class);
        assertThat(second).isInstanceOf(Outcome.Refused.class);
        assertThat(rowsOf("first").attempt()).isInstanceOf(Outcome.Committed.class);
    }

    @Test
    void shouldFindItsClaimWhenTheResponseWasLost() {
        // Given
        catalog.create(NAME);
        register.note(NAME, catalog.loadTable(NAME).uuid());
        catalog.next(real -> {
            real.run();
            throw new RuntimeIOException("connection reset");
        });

        // When
        Claimed first = store.claim(NAME, rows("lane"));
        Claimed second = store.claim(NAME, rows("lane"));

        // Then
        assertThat(first.outcome()).isInstanceOf(Outcome.Unknown.class);
        assertThat(second.outcome()).isInstanceOf(Outcome.Committed.class);
        assertThat(second.table()).contains(catalog.loadTable(NAME).uuid());
    }

    @Test
    void shouldStayShutOutWhenTheTableIsRolledBack() {
        // Given
        catalog.create(NAME);
        commit(rowsOf("zombie", 0, 5));
        long before = catalog.loadTable(NAME).currentSnapshot().snapshotId();
        store.claim(NAME, rows("successor", 5, 10));
        commit(rowsOf("successor", 5, 10));

        // When
        catalog.loadTable(NAME).manageSnapshots().rollbackTo(before).commit();

        // Then
        assertThat(rowsOf("zombie", 5, 10).attempt()).isInstanceOf(Outcome.Refused.class);
        assertThat(rowsOf("successor", 5, 10).attempt()).isInstanceOf(Outcome.Committed.class);
    }

    /** A REST catalog compares what a commit is about, a branch's snapshot for one, and merges it with the rest. */
    @Test
    void shouldRefuseRowsOfAZombieWhenARestCatalogWouldMergeThemWithTheClaim() throws IOException {
        // Given
        catalog.create(NAME);
        try (var server = RestCatalogServer.serve(catalog, 0);
                var remote = client(server)) {
            TableCommit zombie = rowsOf("zombie", storeOf(remote));
            catalog.next(real -> {
                assertThat(storeOf(catalog).claim(NAME, rows("successor")).outcome())
                        .isInstanceOf(Outcome.Committed.class);
                real.run();
            });

            // When
            Outcome first = zombie.attempt();
            Outcome second = zombie.attempt();

            // Then
            assertThat(first).isInstanceOf(Outcome.Conflict.class);
            assertThat(second).isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void shouldRefuseAClaimWhenARestCatalogWouldMergeItWithTheZombiesRows() throws IOException {
        // Given
        register.note(NAME, catalog.create(NAME).uuid());
        try (var server = RestCatalogServer.serve(catalog, 0);
                var remote = client(server)) {
            TableStore successor = storeOf(remote);
            catalog.next(real -> {
                commit(rowsOf("zombie"));
                real.run();
            });

            // When
            Claimed first = successor.claim(NAME, rows("successor"));
            Claimed second = successor.claim(NAME, rows("successor"));

            // Then
            assertThat(first.outcome()).isInstanceOf(Outcome.Conflict.class);
            assertThat(second.outcome()).isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void shouldRefuseRejectsWhenARestCatalogWouldMergeThemWithTheNoteOfATableThatNobodyWasShutOutOf()
            throws IOException {
        // Given
        Claimed claimed = store.claim(NAME, rows("zombie"));
        try (var server = RestCatalogServer.serve(catalog, 0);
                var remote = client(server)) {
            TableCommit rejects = rejects("zombie", claimed.table(), storeOf(remote));
            catalog.next(real -> {
                register.note(NAME, catalog.create(NAME).uuid());
                real.run();
            });

            // When
            Outcome first = rejects.attempt();
            Outcome second = rejects.attempt();

            // Then
            assertThat(first).isInstanceOf(Outcome.Conflict.class);
            assertThat(second).isInstanceOf(Outcome.Refused.class);
        }
    }

    private static RESTCatalog client(RestCatalogServer server) {
        RESTCatalog remote = new RESTCatalog();
        remote.initialize("test", Map.of("uri", server.url(), "io-impl", InMemoryFileIO.class.getName()));
        return remote;
    }

    private TableStore storeOf(Catalog reached) {
        return new IcebergTableStore(
                new Tables(reached), register, (table, proposal) -> Changes.append(proposal), "test");
    }

    private static TableCommit rowsOf(String owner, TableStore store) {
        return store.prepare(NAME, Proposal.of(rows(owner), List.of(file(owner)), 1, Optional.empty()));
    }

    private static void commit(TableCommit commit) {
        assertThat(commit.attempt()).isInstanceOf(Outcome.Committed.class);
    }

    private TableCommit rowsOf(String owner) {
        return rowsOf(owner, 0, 10);
    }

    private TableCommit rowsOf(String owner, long start, long end) {
        return store.prepare(
                NAME, Proposal.of(rows(owner, start, end), List.of(file(owner + start)), 1, Optional.empty()));
    }

    private static Advance rows(String owner) {
        return rows(owner, 0, 10);
    }

    private static Advance rows(String owner, long start, long end) {
        return new Advance(
                List.of(new OffsetRange(SOURCE, start, end, 1, 0)),
                List.of(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Set.of(),
                Claims.of(Map.of(OWNED, owner)));
    }

    private TableCommit rejects(String owner, Optional<UUID> shutOut) {
        return rejects(owner, shutOut, store);
    }

    private static TableCommit rejects(String owner, Optional<UUID> shutOut, TableStore store) {
        Advance advance = Advance.ofRejects(List.of(new RejectRange(OWNED, RejectMark.NONE, 10, 1)))
                .as(new Claims(Map.of(OWNED, owner), Map.of(NAME.toString(), shutOut.map(UUID::toString))));
        return store.prepare(QUARANTINE, Proposal.of(advance, List.of(file("rejects")), 1, Optional.empty()));
    }

    private static DataFile file(String path) {
        return DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath(path + ".parquet")
                .withFileSizeInBytes(1)
                .withRecordCount(1)
                .build();
    }
}
