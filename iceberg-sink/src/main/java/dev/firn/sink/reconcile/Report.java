package dev.firn.sink.reconcile;

import java.util.List;
import java.util.stream.Stream;

/**
 * What {@link Reconcile} found.
 *
 * @param sources each table with each of its sources
 * @param tableFaults what is wrong with a table as a whole, a line each
 * @param withoutLedger tables that say nothing of where they stand, and were not looked at
 */
public record Report(List<SourceReport> sources, List<String> tableFaults, List<String> withoutLedger) {
    public Report {
        sources = List.copyOf(sources);
        tableFaults = List.copyOf(tableFaults);
        withoutLedger = List.copyOf(withoutLedger);
    }

    /** Whether every record up to each ledger's end is held or quarantined exactly once, as far as can be known. */
    public boolean exact() {
        return tableFaults.isEmpty() && sources.stream().allMatch(SourceReport::exact);
    }

    /** A line for each thing that is not as it must be. */
    public List<String> faults() {
        return Stream.concat(
                        tableFaults.stream(),
                        sources.stream()
                                .flatMap(source -> source.faults().stream()
                                        .map(fault -> source.table() + " " + source.source() + ": " + fault)))
                .toList();
    }

    /** One line for people. */
    public String summary() {
        long tables = sources.stream().map(SourceReport::table).distinct().count();
        long held = sources.stream().mapToLong(SourceReport::held).sum();
        long quarantined = sources.stream().mapToLong(SourceReport::quarantined).sum();
        String counts = "%d tables, %d sources: %,d records held, %,d quarantined"
                .formatted(tables, sources.size(), held, quarantined);
        return exact()
                ? "reconciled: " + counts + ", each exactly once"
                : "NOT reconciled: " + counts + ", " + faults().size() + " faults";
    }
}
