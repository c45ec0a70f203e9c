package dev.firn.sink.commit;

import dev.firn.sink.table.BranchOperations;
import dev.firn.sink.table.WorkingBranch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/** What is on the branch that a table's commits go to, and not on main.
 *
 * @param standing of the branch to main
 * @param snapshots that are not expired
 * @param rows by which the branch has more than main; negative if it has less
 * @param since when the oldest of the snapshots was committed; null if there is none
 */
public record Unpublished(
        String branch,
        String standing,
        int snapshots,
        long rows,
        @Nullable Instant since) {
    /** Of the table as it was loaded or last refreshed; empty if its commits go to main. */
    static Optional<Unpublished> of(Table table) {
        TableMetadata metadata = BranchOperations.real(table).current();
        return BranchOperations.branch(table).map(branch -> of(branch, branch.unpublished(metadata)));
    }

    private static Unpublished of(WorkingBranch branch, List<Snapshot> snapshots) {
        return new Unpublished(
                branch.name(),
                branch.standing().name(),
                snapshots.size(),
                rows(branch.head()) - rows(branch.main()),
                snapshots.isEmpty()
                        ? null
                        : Instant.ofEpochMilli(
                                snapshots.get(snapshots.size() - 1).timestampMillis()));
    }

    private static long rows(@Nullable Snapshot snapshot) {
        return snapshot == null ? 0 : TableView.rows(snapshot);
    }
}
