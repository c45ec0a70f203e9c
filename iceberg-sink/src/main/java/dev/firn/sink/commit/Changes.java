package dev.firn.sink.commit;

import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;

/** What a proposal does to a table's files. For one thread at a time. */
public interface Changes {
    /** The same for every base: files that are added, and nothing else. */
    static Changes append(Proposal proposal) {
        return new Appended(proposal);
    }

    /** Whether {@link #prepare} has to be called before each attempt. */
    boolean dependOnBase();

    /** Makes ready for one base, outside of any lock: it may read the table, and write files that its snapshot will refer to.
     *
     * @throws RuntimeException whatever storage and catalog throw
     */
    void prepare(Table base);

    /** The update that makes them, on the base that they were prepared for. */
    SnapshotUpdate<?> in(Transaction transaction);

    /** Told of the snapshot that holds them, with the table as it was when that was found; empty if it is its current one. */
    void held(Snapshot snapshot, Optional<Table> found);
}
