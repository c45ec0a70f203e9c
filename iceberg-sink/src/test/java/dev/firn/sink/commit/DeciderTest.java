package dev.firn.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.sink.table.Tables;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeciderTest {
    private static final TableIdentifier NAME = TableIdentifier.of("bronze", "activity");
    private static final TableIdentifier QUARANTINE = TableIdentifier.of("ops", "quarantine");
    private static final Source SOURCE = new Source("raw.activity", 0);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final FaultyCatalog catalog = FaultyCatalog.fresh();
    private final Tables tables = new Tables(catalog);
    private final Register register =
            new TableRegister(() -> tables.load(QUARANTINE), () -> catalog.loadTable(QUARANTINE));
    private final IcebergTableStore store =
            new IcebergTableStore(tables, register, (table, proposal) -> Changes.append(proposal), "test");
    private SourcesNow topics = new SourcesNow(Optional.empty(), Map.of(), Map.of(SOURCE, new Span(0, 100)));
    private final Decider decider =
            new Decider(store, register, QUARANTINE, names -> topics, Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void holdSomething() {
        catalog.createNamespace(Namespace.of("ops"));
        catalog.create(QUARANTINE);
        register.note(NAME, catalog.create(NAME).uuid());
        commit(0, 10);
    }

    @Test
    void shouldGoOnWhereTheTopicBeginsWhenLostRecordsAreSkipped() {
        // Given
        topics = new SourcesNow(Optional.empty(), Map.of(), Map.of(SOURCE, new Span(40, 100)));

        // When
        Decision decision = decider.decide(NAME, Decision.Kind.SKIP_LOST_RECORDS, "jane");

        // Then
        assertThat(decision.spans()).containsExactly(Map.entry(SOURCE, new Span(10, 40)));
        assertThat(ledger().end(SOURCE)).contains(40L);
        assertThat(ledger().decisions()).containsExactly(decision);
        assertThat(commit(40, 50)).isInstanceOf(Outcome.Committed.class);
        assertThat(ledger().decisions()).containsExactly(decision);
    }

    @Test
    void shouldDecideOnceWhenTheResponseIsLost() {
        // Given
        topics = new SourcesNow(Optional.empty(), Map.of(), Map.of(SOURCE, new Span(40, 100)));
        catalog.next(real -> {
            real.run();
            throw new RuntimeIOException("connection reset");
        });

        // When
        Decision decision = decider.decide(NAME, Decision.Kind.SKIP_LOST_RECORDS, "jane");

        // Then
        assertThat(ledger().decisions()).containsExactly(decision);
    }

    @Test
    void shouldDecideOnWhatIsThereNowWhenALaneCommitsMeanwhile() {
        // Given
        topics = new SourcesNow(Optional.empty(), Map.of(), Map.of(SOURCE, new Span(40, 100)));
        catalog.next(real -> {
            commit(10, 30);
            throw new CommitFailedException("another writer was faster");
        });

        // When
        Decision decision = decider.decide(NAME, Decision.Kind.SKIP_LOST_RECORDS, "jane");

        // Then
        assertThat(decision.spans()).containsExactly(Map.entry(SOURCE, new Span(30, 40)));
        assertThat(ledger().end(SOURCE)).contains(40L);
    }

    @Test
    void shouldThrowAtOnceWhenTopicsCantBeAsked() {
        // Given
        Decider blind = new Decider(
                store,
                register,
                QUARANTINE,
                names -> {
                    throw new IllegalStateException("no broker");
                },
                Clock.systemUTC());

        // When, Then
        assertThatThrownBy(() -> blind.decide(NAME, Decision.Kind.SKIP_LOST_RECORDS, "jane"))
                .hasMessage("no broker");
        assertThat(ledger().decisions()).isEmpty();
    }

    @Test
    void shouldTakeAReplacedTableForWhatItHeldWhenThePositionIsKept() {
        // Given
        Transaction replace = catalog.buildTable(NAME, FaultyCatalog.SCHEMA).replaceTransaction();
        replace.newAppend().commit();
        replace.commitTransaction();

        // When
        Decision decision = decider.decide(NAME, Decision.Kind.KEEP_POSITION, "jane");

        // Then
        assertThat(decision.spans()).containsExactly(Map.entry(SOURCE, new Span(0, 10)));
        assertThat(store.ledger(NAME).end(SOURCE)).contains(10L);
    }

    @Test
    void shouldTakeTheTableThatIsThereNowWhenItIsToStartOver() {
        // Given
        catalog.dropTable(NAME);
        Table other = catalog.create(NAME);

        // When
        decider.decide(NAME, Decision.Kind.START_OVER, "jane");

        // Then
        assertThat(register.known(NAME)).contains(other.uuid());
        assertThat(ledger().held()).isEmpty();
        assertThat(ledger().decisions()).hasSize(1);
    }

    @Test
    void shouldKnowKeysByTheNewPartitionsWhenTheseAreAccepted() {
        // Given
        commit(new Advance(
                List.of(new OffsetRange(SOURCE, 10, 20, 0, 0)),
                List.of(),
                Optional.empty(),
                Map.of(),
                Map.of(SOURCE.topic(), 1),
                Set.of(),
                Claims.NONE));
        topics = new SourcesNow(
                Optional.empty(),
                Map.of(),
                Map.of(SOURCE, new Span(0, 100), new Source(SOURCE.topic(), 1), new Span(0, 7)));

        // When
        decider.decide(NAME, Decision.Kind.ACCEPT_PARTITIONS, "jane");

        // Then
        assertThat(ledger().partitions()).containsExactly(Map.entry(SOURCE.topic(), 2));
        assertThat(ledger().held()).containsExactly(Map.entry(SOURCE, new Span(0, 20)));
    }

    @Test
    void shouldRefuseWhenTheTableHasNotStoppedForThat() {
        for (Decision.Kind kind : Decision.Kind.values()) {
            assertThatThrownBy(() -> decider.decide(NAME, kind, "jane")).isInstanceOf(NothingToDecideException.class);
        }
        assertThat(ledger().decisions()).isEmpty();
    }

    private Outcome commit(long from, long to) {
        return commit(Advance.of(List.of(new OffsetRange(SOURCE, from, to, 0, 0))));
    }

    private Outcome commit(Advance advance) {
        return new IcebergTableStore(tables, register, (table, proposal) -> Changes.append(proposal), "test")
                .prepare(NAME, Proposal.of(advance, List.of(), 0, Optional.empty()))
                .attempt();
    }

    private Ledger ledger() {
        return Ledgers.of(catalog.loadTable(NAME));
    }
}
