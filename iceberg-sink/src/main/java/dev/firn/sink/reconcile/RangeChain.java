package dev.firn.sink.reconcile;

import dev.firn.sink.commit.Ledger;
import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;

/** Checks that the ranges of a table's snapshots follow each other, as far back as there are snapshots. */
final class RangeChain {
    private final Map<Source, Long> next = new HashMap<>();
    private boolean broken;
    private final List<String> problems = new ArrayList<>();

    private RangeChain(Ledger ledger) {
        ledger.held().forEach((source, span) -> next.put(source, span.end()));
    }

    /**
     * Walks from the ledger's ends back.
     *
     * @param ancestry of the table's current snapshot, newest first
     * @return a line per gap and overlap
     */
    static List<String> check(Iterable<Snapshot> ancestry, Ledger ledger) {
        RangeChain chain = new RangeChain(ledger);
        boolean whole = false;
        for (Snapshot snapshot : ancestry) {
            Ledgers.ranges(snapshot).ifPresent(added -> added.ranges().forEach(range -> chain.follow(snapshot, range)));
            whole = isFirst(snapshot) && !chain.broken;
            if (snapshot.summary().containsKey(Ledgers.DECISION) || isPicked(snapshot)) {
                chain.breakOff();
            }
        }
        if (whole) {
            chain.checkStart(ledger);
        }
        return chain.problems;
    }

    /** Nessie tells of a table's newest snapshot alone, as if nothing had been before. */
    private static boolean isFirst(Snapshot snapshot) {
        return snapshot.parentId() == null && snapshot.sequenceNumber() <= 1;
    }

    /** Whether its files are those of another one, which need not be there any more. */
    private static boolean isPicked(Snapshot snapshot) {
        return snapshot.summary().containsKey(SnapshotSummary.SOURCE_SNAPSHOT_ID_PROP);
    }

    private void follow(Snapshot snapshot, OffsetRange range) {
        long expected = next.getOrDefault(range.source(), range.end());
        if (range.end() < expected) {
            note(range.source(), "no snapshot has", range.end(), expected, snapshot);
        } else if (range.end() > expected) {
            note(range.source(), "more than one snapshot has", expected, range.end(), snapshot);
        }
        next.put(range.source(), range.start());
    }

    /** What was decided need not follow what was before. */
    private void breakOff() {
        next.clear();
        broken = true;
    }

    private void note(Source source, String what, long start, long end, Snapshot snapshot) {
        problems.add(
                "%s: %s offsets %d-%d (at snapshot %d)".formatted(source, what, start, end - 1, snapshot.snapshotId()));
    }

    private void checkStart(Ledger ledger) {
        ledger.held().forEach((source, span) -> {
            long reached = next.getOrDefault(source, span.start());
            if (reached != span.start()) {
                problems.add("%s: snapshots reach back to offset %d, the ledger begins at %d"
                        .formatted(source, reached, span.start()));
            }
        });
    }
}
