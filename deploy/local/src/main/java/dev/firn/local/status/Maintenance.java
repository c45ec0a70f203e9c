package dev.firn.local.status;

import org.jspecify.annotations.Nullable;

/** How the sink keeps a table in order, as its {@code /maintenance/{name}} has it.
 *
 * @param at when it was last looked at
 */
public record Maintenance(
        String state, @Nullable String why, @Nullable String at, Debt debt, Done done) {
    /** What there is to do. */
    public record Debt(
            int snapshots,
            int expirable,
            int smallFiles,
            int packedFiles,
            long packedBytes,
            long oldRows,
            int unclusteredFiles,
            long unclusteredBytes) {}

    /** What that sink has done since it began. */
    public record Done(
            int snapshotsExpired,
            int filesDeleted,
            int filesRead,
            int filesWritten,
            long rowsDropped,
            int filesClustered) {
        public static final Done NOTHING = new Done(0, 0, 0, 0, 0, 0);
    }
}
