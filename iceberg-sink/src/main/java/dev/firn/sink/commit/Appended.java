package dev.firn.sink.commit;

import java.util.Optional;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;

/** Adds files. */
record Appended(Proposal proposal) implements Changes {
    @Override
    public boolean dependOnBase() {
        return false;
    }

    @Override
    public void prepare(Table base) {
        // fits every base
    }

    @Override
    public SnapshotUpdate<?> in(Transaction transaction) {
        // in threads that all share, it would wait for whoever else reads manifests
        AppendFiles append = transaction.newFastAppend().scanManifestsWith(CallersThread.EXECUTOR);
        proposal.files().forEach(append::appendFile);
        return append;
    }

    @Override
    public void held(Snapshot snapshot, Optional<Table> found) {
        // nothing to remember
    }
}
