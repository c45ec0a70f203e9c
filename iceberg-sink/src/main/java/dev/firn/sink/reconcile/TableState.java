package dev.firn.sink.reconcile;

import dev.firn.sink.commit.Ledger;
import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.commit.RejectMark;
import dev.firn.sink.commit.RejectSource;
import dev.firn.sink.commit.Source;
import dev.firn.sink.table.UpsertKey;
import dev.firn.sink.upsert.LiveKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * A table and its ledger, both of one snapshot.
 *
 * @param name with its namespace
 */
record TableState(String name, Table table, Ledger ledger) {
    static TableState of(String name, Table table) {
        return new TableState(name, table, Ledgers.of(table));
    }

    boolean hasLedger() {
        return !ledger.held().isEmpty() || !ledger.rejects().isEmpty();
    }

    /** Whether there was a ledger, and the table was replaced by one without it. */
    boolean isReplaced() {
        return Ledgers.isReplaced(table);
    }

    /** Why the ledger can't be believed, if so. */
    Optional<String> lost() {
        return Ledgers.lost(table);
    }

    /** Gaps and overlaps of the snapshots' ranges. */
    List<String> rangeFaults() {
        return RangeChain.check(SnapshotUtil.currentAncestors(table), ledger).stream()
                .map(fault -> name + " " + fault)
                .toList();
    }

    /** Compares with each source of the ledger; quarantine is empty for the quarantine table itself. */
    List<SourceReport> check(
            HeldRows rows,
            QuarantinedRows quarantined,
            Function<Source, OtherShares> others,
            SourceRecords records,
            Optional<NewestVersions> newest) {
        List<SourceReport> reports = new ArrayList<>();
        Removed removed = new Removed(Ledgers.rowsRemoved(table));
        ledger.held()
                .forEach((source, span) -> reports.add(new SourceCheck(
                                name,
                                source,
                                span,
                                rows.of(source),
                                quarantined.of(name, source),
                                records.of(source, span),
                                newest.map(versions -> versions.of(source)),
                                others.apply(source),
                                records.bounds(source),
                                removed,
                                ledger.decisions(),
                                Optional.ofNullable(ledger.topicIds().get(source.topic())))
                        .report()));
        return reports;
    }

    Optional<UpsertKey> key() {
        return UpsertKey.of(table.properties());
    }

    /** Keys of an upsert table that have more than one row. */
    List<String> keyFaults() {
        return key()
                .map(key -> LiveKeys.surplus(table, key, ledger.held().keySet()))
                .orElse(Map.of())
                .entrySet()
                .stream()
                .map(entry -> "%s: %d rows of topic %s are not the only one of their key"
                        .formatted(name, entry.getValue(), entry.getKey()))
                .toList();
    }

    /** Rows of sources that the ledger does not know. */
    List<String> strangers(HeldRows rows) {
        return rows.offsets().entrySet().stream()
                .filter(entry -> !ledger.held().containsKey(entry.getKey())
                        && !rejects(entry.getKey())
                        && !hadBefore(entry.getKey()))
                .map(entry -> "%s %s: %d rows of a source that the ledger does not know: %s"
                        .formatted(
                                name,
                                entry.getKey(),
                                entry.getValue().size(),
                                entry.getValue().text(5)))
                .toList();
    }

    /** Whether a decision left rows of the source behind. */
    private boolean hadBefore(Source source) {
        return ledger.decisions().stream().anyMatch(decision -> decision.spans().containsKey(source));
    }

    private boolean rejects(Source source) {
        return ledger.rejects().keySet().stream()
                .anyMatch(reject -> reject.source().equals(source));
    }

    /** For the quarantine table: what the sink put there, against what its ledger says. */
    List<String> rejectFaults(QuarantinedRows quarantined) {
        List<String> faults = new ArrayList<>();
        for (Map.Entry<RejectSource, RejectMark> entry : ledger.rejects().entrySet()) {
            Collection<OffsetSet> rows = quarantined.bySink(entry.getKey());
            long found = rows.stream()
                    .mapToLong(each -> each.within(0, entry.getValue().end()).size())
                    .sum();
            long all = rows.stream().mapToLong(OffsetSet::size).sum();
            long expected = entry.getValue().rows();
            if (found != expected || all != found) {
                faults.add("%s: rejects of %s for %s: the ledger has %d below offset %d, the table %d and %d past it"
                        .formatted(
                                name,
                                entry.getKey().source(),
                                entry.getKey().target(),
                                expected,
                                entry.getValue().end(),
                                found,
                                all - found));
            }
        }
        return faults;
    }
}
