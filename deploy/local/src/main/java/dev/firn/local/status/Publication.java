package dev.firn.local.status;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a sink has published, or would, as its {@code /tables/{name}/publish} has it.
 *
 * @param snapshot that main is moved to; null if there is nothing to publish
 * @param offsets {@code [start, end)} by source
 */
public record Publication(
        String branch,
        @Nullable String snapshot,
        int snapshotCount,
        long rowsBefore,
        long rowsAfter,
        Map<String, List<Long>> offsets,
        List<Each> snapshots) {
    /** A snapshot that becomes part of main. */
    public record Each(String id, String at, String operation, long addedRows, long addedFiles, long addedDeletes) {}
}
