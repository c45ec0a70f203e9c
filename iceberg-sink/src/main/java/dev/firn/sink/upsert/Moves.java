package dev.firn.sink.upsert;

import dev.firn.sink.commit.Ledgers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Which data files other engines took away and put in, in the snapshots that a table has got since one of them. Commits of
 * Firn's move no row, and appends of others bring none.
 *
 * @param snapshots all of them, oldest first
 */
record Moves(List<Snapshot> snapshots, Set<String> removed, Set<String> added) {
    /** Empty if the table's history does not lead back to the snapshot. */
    static Optional<Moves> since(long snapshotId, Table table) {
        Moves moves = new Moves(new ArrayList<>(), new HashSet<>(), new HashSet<>());
        for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
            if (snapshot.snapshotId() == snapshotId) {
                Collections.reverse(moves.snapshots);
                return Optional.of(moves);
            }
            moves.add(snapshot, table);
        }
        return Optional.empty();
    }

    private void add(Snapshot snapshot, Table table) {
        snapshots.add(snapshot);
        boolean ours = snapshot.summary().containsKey(Ledgers.COMMIT_ID);
        if (!ours && !DataOperations.APPEND.equals(snapshot.operation())) {
            SnapshotChanges changes =
                    SnapshotChanges.builderFor(table).snapshot(snapshot).build();
            changes.removedDataFiles().forEach(file -> removed.add(file.location()));
            changes.addedDataFiles().forEach(file -> added.add(file.location()));
        }
    }

    boolean isEmpty() {
        return removed.isEmpty() && added.isEmpty();
    }
}
