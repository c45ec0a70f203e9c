package dev.firn.local.status;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a table holds.
 *
 * @param table namespace and name
 * @param blocked what needs somebody, by source
 * @param lag records that its topics hold and it has not read; -1 if that is not known
 * @param bytes of its data files
 * @param avroBytes of the records that became its rows
 * @param snapshotId null before the first commit
 * @param committedAt ISO instant of the newest commit; null before the first
 * @param freshnessP50Millis from a record's creation to its row's commit
 */
public record TableStatus(
        String table,
        @Nullable String state,
        @Nullable Map<String, String> blocked,
        long rows,
        long lag,
        long files,
        long bytes,
        long avroBytes,
        long snapshots,
        @Nullable Long snapshotId,
        @Nullable String committedAt,
        @Nullable Long freshnessP50Millis,
        @Nullable Long freshnessP99Millis) {
    @Override
    public Map<String, String> blocked() {
        return blocked == null ? Map.of() : blocked;
    }
}
