package dev.firn.sink.maintain;

import dev.firn.sink.commit.UpkeepCommit;
import dev.firn.sink.upsert.CopiedRows;
import java.util.List;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;

/** Files that take the place of those that they were copied from.
 *
 * @param read the snapshot that was copied from
 */
record Rewrite(Snapshot read, List<GroupWriter.Written> written) implements UpkeepCommit.Change {
    @Override
    public SnapshotUpdate<?> on(Table base, String name) {
        RewriteFiles rewrite = base.newRewrite().dataSequenceNumber(read.sequenceNumber());
        written.forEach(each -> {
            each.group().files().forEach(rewrite::deleteFile);
            each.copies().forEach(copy -> rewrite.addFile(copy.file()));
        });
        return carried(rewrite, base, name);
    }

    private RewriteFiles carried(RewriteFiles rewrite, Table base, String name) {
        List<CopiedRows.Copy> copies =
                written.stream().flatMap(each -> each.copies().stream()).toList();
        CopiedRows.Carried carried = CopiedRows.carry(base, copies, name);
        if (carried.removed().isEmpty() && !carried.added().isEmpty()) {
            // deletes by another engine that are about other files, too: Iceberg finds them new, and refuses
            return rewrite.validateFromSnapshot(read.snapshotId());
        }
        carried.removed().forEach(rewrite::deleteFile);
        carried.added().forEach(rewrite::addFile);
        // what was deleted up to the base is carried over, and nobody changes the base
        return rewrite.validateFromSnapshot(base.currentSnapshot().snapshotId());
    }
}
