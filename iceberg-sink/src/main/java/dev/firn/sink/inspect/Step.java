package dev.firn.sink.inspect;

import dev.firn.sink.commit.Advance;
import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.commit.OffsetRange;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.jspecify.annotations.Nullable;

/** What one snapshot did.
 *
 * @param id as text: scripts' numbers have too few digits for it
 * @param at milliseconds since the epoch
 * @param ranges of the records that it added, empty if it is not a commit of Firn's
 * @param decision that it carries out, if any
 */
public record Step(
        String id,
        @Nullable String parent,
        long at,
        String operation,
        long addedRows,
        long addedFiles,
        long removedFiles,
        long addedDeletes,
        List<Range> ranges,
        @Nullable String commit,
        @Nullable String decision) {

    /** Records {@code [start, end)} of a topic partition. */
    public record Range(String source, long start, long end, long rows, long quarantined) {
        static Range of(OffsetRange range) {
            return new Range(range.source().toString(), range.start(), range.end(), range.rows(), range.quarantined());
        }
    }

    /** As its summary says. */
    public static Step of(Snapshot snapshot) {
        Map<String, String> summary = snapshot.summary();
        Long parent = snapshot.parentId();
        return new Step(
                Long.toString(snapshot.snapshotId()),
                parent == null ? null : parent.toString(),
                snapshot.timestampMillis(),
                String.valueOf(snapshot.operation()),
                number(summary, SnapshotSummary.ADDED_RECORDS_PROP),
                number(summary, SnapshotSummary.ADDED_FILES_PROP),
                number(summary, SnapshotSummary.DELETED_FILES_PROP),
                number(summary, SnapshotSummary.ADDED_POS_DELETES_PROP),
                Ledgers.ranges(snapshot).map(Advance::ranges).orElse(List.of()).stream()
                        .map(Range::of)
                        .toList(),
                summary.get(Ledgers.COMMIT_ID),
                summary.get(Ledgers.DECISION));
    }

    private static long number(Map<String, String> summary, String name) {
        return Long.parseLong(summary.getOrDefault(name, "0"));
    }
}
