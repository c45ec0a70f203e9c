package dev.firn.sink.inspect;

import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;

/** Rows that readers have to leave out.
 *
 * @param files of deletes: vectors, positions, equality
 * @param rows deleted by vector or position, still in data files
 * @param of rows that are in data files
 */
public record DeleteDebt(long files, long rows, long of, long equality) {
    static DeleteDebt of(Table table) {
        Snapshot snapshot = table.currentSnapshot();
        Map<String, String> summary = snapshot == null ? Map.of() : snapshot.summary();
        return new DeleteDebt(
                number(summary, SnapshotSummary.TOTAL_DELETE_FILES_PROP),
                number(summary, SnapshotSummary.TOTAL_POS_DELETES_PROP),
                number(summary, SnapshotSummary.TOTAL_RECORDS_PROP),
                number(summary, SnapshotSummary.TOTAL_EQ_DELETES_PROP));
    }

    private static long number(Map<String, String> summary, String name) {
        return Long.parseLong(summary.getOrDefault(name, "0"));
    }
}
