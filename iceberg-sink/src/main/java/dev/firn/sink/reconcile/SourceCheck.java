package dev.firn.sink.reconcile;

import dev.firn.sink.commit.Decision;
import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares what the ledger, the rows, the quarantine and the source say of one topic partition.
 *
 * @param span what the ledger says the table holds
 * @param rows what the table has rows of
 * @param quarantined what was meant for the table and is in quarantine
 * @param records what the source has within the span
 * @param newest of the records, those that an upsert table has to have rows of, and no others
 * @param others tables' shares of the source
 * @param bounds of the source; empty if it is not there
 * @param removed from the table on purpose, of all sources
 * @param decisions what operators decided about the table, oldest first
 * @param topicId of the topic that the ledger's offsets belong to, where known
 */
record SourceCheck(
        String table,
        Source source,
        Span span,
        OffsetSet rows,
        OffsetSet quarantined,
        OffsetSet records,
        Optional<OffsetSet> newest,
        OtherShares others,
        Optional<SourceLog.Bounds> bounds,
        Removed removed,
        List<Decision> decisions,
        Optional<String> topicId) {
    private static final int RUNS = 5;

    SourceReport report() {
        OffsetSet held = rows.within(span.start(), span.end());
        // quarantine is committed first: what it has past the ledger's end is about to be counted
        OffsetSet aside = quarantined.within(span.start(), span.end());
        OffsetSet skipped = decided(Decision.Kind.SKIP_LOST_RECORDS);
        OffsetSet former = decided(Decision.Kind.ACCEPT_NEW_SOURCE);
        OffsetSet trusted = decided(Decision.Kind.KEEP_POSITION);
        OffsetSet nowhere = notOfOthers(
                newest.orElse(records).minus(held).minus(aside).minus(skipped).minus(trusted));
        long gone = removed.account(nowhere.size());
        OffsetSet missing = gone > 0 ? new OffsetSet() : nowhere;
        OffsetSet outdated = records.minus(newest.orElse(records)).and(held).minus(former);
        OffsetSet shared = held.and(others.rows());
        // one row more of each offset that a former topic had, too
        OffsetSet both = held.and(aside).minus(former);
        OffsetSet beyond = rows.minus(held).minus(former);
        OffsetSet unknown = unknown(held.or(aside)).minus(former);
        long rowsTooMany = rows.repeats() - rows.repeated().and(former).size();
        long quarantinedTooMany =
                quarantined.repeats() - quarantined.repeated().and(former).size();
        long doubled = rowsTooMany + quarantinedTooMany + both.size() + shared.size();
        List<String> faults = new ArrayList<>();
        add(faults, "missing", missing.size(), missing);
        add(faults, "rows too many", rowsTooMany, rows.repeated());
        add(faults, "too many in quarantine", quarantinedTooMany, quarantined.repeated());
        add(faults, "both held and quarantined", both.size(), both);
        add(faults, "held by another table of the topic, too", shared.size(), shared);
        add(faults, "rows outside the ledger's " + text(span), beyond.size(), beyond);
        add(faults, "rows that are not the newest of their key", outdated.size(), outdated);
        add(faults, "not in the source", unknown.size(), unknown);
        sourceFault().ifPresent(faults::add);
        return new SourceReport(
                table,
                source,
                span.end(),
                held.size(),
                aside.size(),
                missing.size(),
                doubled,
                beyond.size(),
                unknown.size(),
                skipped.size() + gone,
                bounds.map(at -> Math.max(0, at.end() - span.end())).orElse(0L),
                faults);
    }

    /** What another table has not come to yet may be its. */
    private OffsetSet notOfOthers(OffsetSet offsets) {
        return offsets.minus(others.rows())
                .minus(others.quarantined())
                .within(span.start(), Math.min(span.end(), others.end()));
    }

    private OffsetSet decided(Decision.Kind kind) {
        OffsetSet offsets = new OffsetSet();
        for (Decision decision : decisions) {
            Span of = decision.spans().get(source);
            if (decision.kind() == kind && of != null) {
                offsets = offsets.or(OffsetSet.of(of));
            }
        }
        return offsets;
    }

    /** Where compaction removes records, a row outlives its record. */
    private OffsetSet unknown(OffsetSet accounted) {
        return bounds.filter(at -> !at.compacted())
                .map(at -> accounted
                        .within(at.start(), Math.min(at.end(), span.end()))
                        .minus(records))
                .orElseGet(OffsetSet::new);
    }

    private Optional<String> sourceFault() {
        if (bounds.isEmpty()) {
            return Optional.of("the topic partition is not there");
        }
        SourceLog.Bounds at = bounds.get();
        if (topicId.isPresent() && at.topicId().isPresent() && !topicId.equals(at.topicId())) {
            return Optional.of(
                    "the topic was made anew: its id is " + at.topicId().get() + ", the ledger's " + topicId.get());
        }
        if (at.end() < span.end()) {
            return Optional.of("the source ends at " + at.end() + ", before the ledger: not the same source");
        }
        return at.start() > span.end()
                ? Optional.of(
                        "the source lost offsets " + span.end() + "-" + (at.start() - 1) + " before they were held")
                : Optional.empty();
    }

    private static void add(List<String> faults, String what, long count, OffsetSet which) {
        if (count > 0) {
            faults.add(count + " " + what + ": " + which.text(RUNS));
        }
    }

    private static String text(Span span) {
        return "[" + span.start() + ", " + span.end() + ")";
    }
}
