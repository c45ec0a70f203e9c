package dev.firn.sink.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.sink.commit.Advance;
import dev.firn.sink.commit.Ledger;
import dev.firn.sink.commit.LedgerJson;
import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.RejectMark;
import dev.firn.sink.commit.RejectRange;
import dev.firn.sink.commit.RejectSource;
import dev.firn.sink.commit.Source;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconcileTest {
    private static final TableIdentifier QUARANTINE = TableIdentifier.of("ops", "quarantine");
    private static final Source SOURCE = new Source("raw.activity", 0);
    private static final Source OTHER = new Source("raw.activity", 1);
    private static final Source QUARANTINE_TOPIC = new Source("ops.quarantine", 0);

    final InMemoryCatalog catalog = new InMemoryCatalog();
    final FakeLog log = new FakeLog();

    @BeforeEach
    void open() {
        catalog.initialize("firn", Map.of());
        catalog.createNamespace(Namespace.of("bronze"));
        catalog.createNamespace(Namespace.of("ops"));
    }

    @AfterEach
    void close() throws Exception {
        catalog.close();
    }

    @Test
    void shouldBeExactWhenEachRecordIsHeldOnce() {
        // Given
        log.with(SOURCE, 0, 25).without(SOURCE, 9).with(OTHER, 0, 5);
        HeldTable table = HeldTable.create(catalog, "bronze.activity", 2);
        DataFile nine = table.write(table.rows(SOURCE, LongStream.range(0, 9)));
        table.commit(List.of(nine), Advance.of(List.of(new OffsetRange(SOURCE, 0, 10, 9, 0))));
        table.append(SOURCE, 10, 20);
        table.append(OTHER, 0, 5);

        // When
        Report report = run();

        // Then
        assertThat(report.faults()).isEmpty();
        assertThat(report.sources())
                .containsExactly(
                        new SourceReport("bronze.activity", SOURCE, 20, 19, 0, 0, 0, 0, 0, 0, 5, List.of()),
                        new SourceReport("bronze.activity", OTHER, 5, 5, 0, 0, 0, 0, 0, 0, 0, List.of()));
        assertThat(report.summary())
                .isEqualTo("reconciled: 1 tables, 2 sources: 24 records held, 0 quarantined, each exactly once");
    }

    @Test
    void shouldCountWhatOtherTablesTookWhenATopicIsShared() {
        // Given: even offsets here, odd ones there, which has come less far; two of neither
        log.with(SOURCE, 0, 30);
        HeldTable even = HeldTable.shared(catalog, "bronze.even", SOURCE);
        HeldTable odd = HeldTable.shared(catalog, "bronze.odd", SOURCE);
        even.append(SOURCE, 0, 30, offset -> offset % 2 == 0 && offset != 4);
        odd.append(SOURCE, 0, 20, offset -> (offset % 2 == 1 && offset != 7) || offset == 6);

        // When
        Report report = run();

        // Then
        assertThat(report.faults())
                .containsExactlyInAnyOrder(
                        "bronze.even raw.activity-0: 2 missing: 4, 7",
                        "bronze.even raw.activity-0: 1 held by another table of the topic, too: 6",
                        "bronze.odd raw.activity-0: 2 missing: 4, 7",
                        "bronze.odd raw.activity-0: 1 held by another table of the topic, too: 6");
    }

    @Test
    void shouldFindMissingRangeWhenDataFileIsTakenAway() {
        // Given
        log.with(SOURCE, 0, 30);
        HeldTable table = HeldTable.create(catalog, "bronze.activity", 2);
        table.append(SOURCE, 0, 10);
        DataFile file = table.append(SOURCE, 10, 20);
        table.append(SOURCE, 20, 30);
        table.table().newDelete().deleteFile(file).commit();

        // When
        Report report = run();

        // Then
        assertThat(report.exact()).isFalse();
        assertThat(report.faults()).containsExactly("bronze.activity raw.activity-0: 10 missing: 10-19");
    }

    @Test
    void shouldMissNothingWhenSoManyRowsWereRemovedOnPurpose() {
        // Given
        HeldTable table = withoutTenRows(10);

        // When
        Report report = run();

        // Then
        assertThat(report.faults()).isEmpty();
        assertThat(report.sources())
                .containsExactly(new SourceReport("bronze.activity", SOURCE, 30, 20, 0, 0, 0, 0, 0, 10, 0, List.of()));
        assertThat(Ledgers.rowsRemoved(table.table())).isEqualTo(10);
    }

    @Test
    void shouldMissRowsWhenFewerWereRemovedOnPurpose() {
        // Given
        withoutTenRows(9);

        // When
        Report report = run();

        // Then
        assertThat(report.faults()).containsExactly("bronze.activity raw.activity-0: 10 missing: 10-19");
    }

    private HeldTable withoutTenRows(int removed) {
        log.with(SOURCE, 0, 30);
        HeldTable table = HeldTable.create(catalog, "bronze.activity", 2);
        table.append(SOURCE, 0, 10);
        DataFile file = table.append(SOURCE, 10, 20);
        table.table()
                .newDelete()
                .deleteFile(file)
                .set(Ledgers.ROWS_REMOVED, Integer.toString(removed))
                .commit();
        table.append(SOURCE, 20, 30);
        return table;
    }

    @Test
    void shouldFindDoubledRowsWhenDataFileIsAddedAgain() {
        // Given
        log.with(SOURCE, 0, 20);
        HeldTable table = HeldTable.create(catalog, "bronze.activity", 2);
        table.append(SOURCE, 0, 10);
        DataFile file = table.append(SOURCE, 10, 20);
        table.table().newAppend().appendFile(file).commit();

        // When
        Report report = run();

        // Then
        assertThat(report.faults()).containsExactly("bronze.activity raw.activity-0: 10 rows too many: 10-19");
        assertThat(report.sources().get(0).doubled()).isEqualTo(10);
    }

    @Test
    void shouldFindMissingRowWhenPositionDeleteTookIt() {
        // Given
        log.with(SOURCE, 0, 10);
        HeldTable table = HeldTable.create(catalog, "bronze.activity", 2);
        DataFile file = table.append(SOURCE, 0, 10);
        table.deletePosition(file, 3);

        // When
        Report report = run();

        // Then
        assertThat(report.faults()).containsExactly("bronze.activity raw.activity-0: 1 missing: 3");
    }

    @Test
    void shouldFindMissingRowWhenDeletionVectorTookIt() {
        // Given
        log.with(SOURCE, 0, 10);
        HeldTable table = HeldTable.create(catalog, "bronze.activity", 3);
        DataFile file = table.append(SOURCE, 0, 10);
        table.deleteByVector(file, 7);

        // When
        Report report = run();

        // Then
        assertThat(report.faults()).containsExactly("bronze.activity raw.activity-0: 1 missing: 7");
    }

    @Test
    void shouldCountQuarantinedRecordsWhenSinkOrProcessorRejectedThem() {
        // Given
        log.with(SOURCE, 0, 10).with(QUARANTINE_TOPIC, 0, 1);
        HeldTable quarantine = HeldTable.create(catalog, "ops.quarantine", 2);
        RejectSource rejects = new RejectSource("bronze.activity", SOURCE);
        quarantine.commit(
                List.of(quarantine.write(List.of(HeldTable.quarantined("bronze.activity", SOURCE, 4, SOURCE, 4)))),
                Advance.ofRejects(List.of(new RejectRange(rejects, RejectMark.NONE, 10, 1))));
        quarantine.commit(
                List.of(quarantine.write(
                        List.of(HeldTable.quarantined("silver.activity", SOURCE, 5, QUARANTINE_TOPIC, 0)))),
                Advance.of(List.of(new OffsetRange(QUARANTINE_TOPIC, 0, 1, 1, 0))));
        HeldTable table = HeldTable.create(catalog, "bronze.activity", 2);
        DataFile file = table.write(table.rows(SOURCE, LongStream.of(0, 1, 2, 3, 5, 6, 7, 8, 9)));
        table.commit(List.of(file), Advance.of(List.of(new OffsetRange(SOURCE, 0, 10, 9, 1))));

        // When
        Report report = run();

        // Then
        assertThat(report.faults()).isEmpty();
        assertThat(report.sources())
                .containsExactly(
                        new SourceReport("bronze.activity", SOURCE, 10, 9, 1, 0, 0, 0, 0, 0, 0, List.of()),
                        new SourceReport("ops.quarantine", QUARANTINE_TOPIC, 1, 1, 0, 0, 0, 0, 0, 0, 0, List.of()));
    }

    @Test
    void shouldNotCountAsFaultWhatQuarantineHoldsAheadOfTheTable() {
        // Given
        log.with(SOURCE, 0, 10);
        HeldTable quarantine = HeldTable.create(catalog, "ops.quarantine", 2);
        RejectSource rejects = new RejectSource("bronze.activity", SOURCE);
        quarantine.commit(
                List.of(quarantine.write(List.of(HeldTable.quarantined("bronze.activity", SOURCE, 8, SOURCE, 8)))),
                Advance.ofRejects(List.of(new RejectRange(rejects, RejectMark.NONE, 10, 1))));
        HeldTable.create(catalog, "bronze.activity", 2).append(SOURCE, 0, 5);

        // When
        Report report = run();

        // Then
        assertThat(report.faults()).isEmpty();
    }

    @Test
    void shouldFindRecordsThatAreHeldAndQuarantinedOrQuarantinedTwice() {
        // Given
        log.with(SOURCE, 0, 10);
        HeldTable quarantine = HeldTable.create(catalog, "ops.quarantine", 2);
        RejectSource rejects = new RejectSource("bronze.activity", SOURCE);
        quarantine.commit(
                List.of(quarantine.write(List.of(
                        HeldTable.quarantined("bronze.activity", SOURCE, 4, SOURCE, 4),
                        HeldTable.quarantined("bronze.activity", SOURCE, 4, SOURCE, 4)))),
                Advance.ofRejects(List.of(new RejectRange(rejects, RejectMark.NONE, 10, 2))));
        HeldTable.create(catalog, "bronze.activity", 2).append(SOURCE, 0, 10);

        // When
        Report report = run();

        // Then
        assertThat(report.faults())
                .containsExactly(
                        "ops.quarantine: rejects of raw.activity-0 for bronze.activity:"
                                + " the ledger has 2 below offset 10, the table 1 and 0 past it",
                        "bronze.activity raw.activity-0: 1 too many in quarantine: 4",
                        "bronze.activity raw.activity-0: 1 both held and quarantined: 4");
    }

    @Test
    void shouldFindRowsThatTheLedgerOrTheSourceDoesNotKnow() {
        // Given
        log.with(SOURCE, 0, 10).without(SOURCE, 2);
        HeldTable table = HeldTable.create(catalog, "bronze.activity", 2);
        table.append(SOURCE, 0, 5);
        DataFile more = table.write(table.rows(SOURCE, LongStream.of(8)));
        DataFile other = table.write(table.rows(OTHER, LongStream.of(1, 2, 3)));
        table.table().newAppend().appendFile(more).appendFile(other).commit();

        // When
        Report report = run();

        // Then
        assertThat(report.faults())
                .containsExactly(
                        "bronze.activity raw.activity-1: 3 rows of a source that the ledger does not know: 1-3",
                        "bronze.activity raw.activity-0: 1 rows outside the ledger's [0, 5): 8",
                        "bronze.activity raw.activity-0: 1 not in the source: 2");
    }

    @Test
    void shouldNotMissWhatRetentionOrCompactionTook() {
        // Given
        log.with(SOURCE, 6, 20).with(OTHER, 0, 10).without(OTHER, 4).compacted(OTHER);
        HeldTable table = HeldTable.create(catalog, "bronze.activity", 2);
        table.append(SOURCE, 0, 10);
        table.append(SOURCE, 10, 20);
        table.append(OTHER, 0, 10);

        // When
        Report report = run();

        // Then
        assertThat(report.faults()).isEmpty();
    }

    @Test
    void shouldFindGapAndOverlapWhenRangesDoNotFollowEachOther() {
        // Given
        log.with(SOURCE, 0, 30);
        HeldTable table = HeldTable.create(catalog, "bronze.activity", 2);
        table.append(SOURCE, 0, 10);
        forge(table, new OffsetRange(SOURCE, 12, 20, 8, 0));
        forge(table, new OffsetRange(SOURCE, 18, 25, 7, 0));
        forgeLedger(table, new OffsetRange(SOURCE, 0, 25, 0, 0));

        // When
        Report report = run();

        // Then
        assertThat(report.faults())
                .anyMatch(fault -> fault.contains("no snapshot has offsets 10-11"))
                .anyMatch(fault -> fault.contains("more than one snapshot has offsets 18-19"));
    }

    @Test
    void shouldNameSourcesThatAreNotThoseOfTheLedger() {
        // Given
        log.with(OTHER, 0, 5);
        HeldTable table = HeldTable.create(catalog, "bronze.activity", 2);
        table.append(SOURCE, 0, 10);
        table.append(OTHER, 0, 10);
        HeldTable anew = HeldTable.create(catalog, "bronze.anew", 2);
        anew.commit(
                List.of(),
                new Advance(
                        List.of(new OffsetRange(OTHER, 5, 5, 0, 0)),
                        List.of(),
                        Optional.of("cluster"),
                        Map.of("raw.activity", "id-0")));

        // When
        Report report = run();

        // Then
        assertThat(report.faults())
                .containsExactly(
                        "bronze.activity raw.activity-0: the topic partition is not there",
                        "bronze.activity raw.activity-1: the source ends at 5, before the ledger: not the same source",
                        "bronze.anew raw.activity-1: the topic was made anew: its id is id-1, the ledger's id-0");
    }

    @Test
    void shouldPrintTableFaultsAndSummary() {
        // Given
        log.with(SOURCE, 0, 1000);
        HeldTable.create(catalog, "bronze.activity", 2).append(SOURCE, 1, 1000);
        HeldTable.create(catalog, "bronze.foreign", 2);
        StringWriter text = new StringWriter();

        // When
        ReportText.print(run(), new PrintWriter(text));

        // Then
        assertThat(text.toString().lines())
                .containsExactly(
                        "table            source          ledger end  held  quarantined  missing  doubled  beyond"
                                + "  unknown  skipped  lag",
                        "bronze.activity  raw.activity-0       1,000   999            0        0        0       0"
                                + "        0        0    0",
                        "bronze.foreign: has no ledger, not checked",
                        "reconciled: 1 tables, 1 sources: 999 records held, 0 quarantined, each exactly once");
    }

    private Report run() {
        return new Reconcile(catalog, log, Optional.empty(), QUARANTINE).run(Reconcile.allTables(catalog));
    }

    /** A range that the sink's proof would have refused. */
    private static void forge(HeldTable table, OffsetRange range) {
        forge(table, range, Advance.of(List.of(range)));
    }

    private static void forgeLedger(HeldTable table, OffsetRange range) {
        forge(table, range, Advance.of(List.of()));
    }

    private static void forge(HeldTable table, OffsetRange ledger, Advance ranges) {
        var whole = Ledger.EMPTY.plus(Advance.of(List.of(ledger)));
        table.table()
                .newAppend()
                .set(Ledgers.LEDGER, LedgerJson.write(whole))
                .set(Ledgers.RANGES, LedgerJson.writeRanges(ranges))
                .commit();
    }
}
