package dev.firn.sink.commit;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** A table as it was at some moment.
 *
 * @param rows that are not deleted, unless another engine deleted some by equality
 * @param avroBytes of the values of all records that Firn committed
 * @param committedAt of the current snapshot, null if there is none
 * @param unpublished empty if what is committed is on main at once
 */
public record TableView(
        TableIdentifier table,
        long rows,
        long files,
        long bytes,
        long avroBytes,
        int snapshots,
        OptionalLong snapshotId,
        @Nullable Instant committedAt,
        Ledger ledger,
        Optional<Unpublished> unpublished) {
    static TableView of(TableIdentifier name, Table table) {
        Snapshot current = table.currentSnapshot();
        Map<String, String> summary = current == null ? Map.of() : current.summary();
        return new TableView(
                name,
                rows(summary),
                number(summary, SnapshotSummary.TOTAL_DATA_FILES_PROP),
                number(summary, SnapshotSummary.TOTAL_FILE_SIZE_PROP),
                Ledgers.avroBytes(table),
                (int) StreamSupport.stream(table.snapshots().spliterator(), false)
                        .count(),
                current == null ? OptionalLong.empty() : OptionalLong.of(current.snapshotId()),
                current == null ? null : Instant.ofEpochMilli(current.timestampMillis()),
                Ledgers.of(table),
                Unpublished.of(table));
    }

    /** Those of a snapshot that are not deleted, unless another engine deleted some by equality. */
    public static long rows(Snapshot snapshot) {
        return rows(snapshot.summary());
    }

    private static long rows(Map<String, String> summary) {
        return number(summary, SnapshotSummary.TOTAL_RECORDS_PROP)
                - number(summary, SnapshotSummary.TOTAL_POS_DELETES_PROP);
    }

    private static long number(Map<String, String> summary, String key) {
        return Long.parseLong(summary.getOrDefault(key, "0"));
    }
}
