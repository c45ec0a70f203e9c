package dev.firn.sink.upsert;

import dev.firn.sink.commit.CallersThread;
import dev.firn.sink.commit.Changes;
import dev.firn.sink.commit.Proposal;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.io.DeleteWriteResult;

/** Adds rows, and deletes those that they make obsolete. */
final class KeyedChanges implements Changes {
    private final TableIndex index;
    private final Proposal proposal;
    private List<DeleteWriteResult> deletes = List.of();
    private int bases;

    KeyedChanges(TableIndex index, Proposal proposal) {
        this.index = index;
        this.proposal = proposal;
    }

    @Override
    public boolean dependOnBase() {
        return true;
    }

    @Override
    public void prepare(Table base) {
        index.follow(base, proposal);
        ObsoleteRows rows = index.obsolete(proposal);
        bases++;
        deletes = rows.isEmpty()
                ? List.of()
                : RowDeletes.write(base, proposal.specs(), rows, proposal.id() + "-" + bases);
    }

    @Override
    public SnapshotUpdate<?> in(Transaction transaction) {
        return deletes.isEmpty() ? Changes.append(proposal).in(transaction) : delta(transaction);
    }

    private RowDelta delta(Transaction transaction) {
        // in threads that all share, it would wait for whoever else reads manifests
        RowDelta delta = transaction.newRowDelta();
        delta.scanManifestsWith(CallersThread.EXECUTOR);
        Snapshot base = transaction.table().currentSnapshot();
        if (base != null) {
            delta.validateFromSnapshot(base.snapshotId());
        }
        for (DataFile file : proposal.files()) {
            delta.addRows(file);
        }
        for (DeleteWriteResult each : deletes) {
            each.deleteFiles().forEach(delta::addDeletes);
            each.rewrittenDeleteFiles().forEach(delta::removeDeletes);
        }
        return delta;
    }

    @Override
    public void held(Snapshot snapshot, Optional<Table> found) {
        index.held(proposal, snapshot, found);
    }
}
