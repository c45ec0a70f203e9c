package dev.firn.sink.commit;

import dev.firn.sink.table.OtherOperations;
import dev.firn.sink.table.RecentFiles;
import dev.firn.sink.table.RememberingIo;
import java.util.Set;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;

/**
 * A table's operations for one attempt: pinned to the base that was proved, so that Iceberg neither refreshes nor retries
 * underneath; and aware of whether the catalog has been asked, which decides what a failure means.
 */
final class PinnedOperations extends OtherOperations {
    private TableMetadata base;
    private boolean sent;

    /** For an attempt.
     *
     * @param written is added to: manifests, manifest lists and delete files
     * @param recent knows what small files hold
     */
    PinnedOperations(TableOperations table, TableMetadata base, Set<String> written, RecentFiles recent) {
        super(table, new RememberingIo(table.io(), written, recent));
        this.base = base;
    }

    /** To the table as it was loaded or last refreshed. */
    static PinnedOperations of(Table table, Set<String> written) {
        TableOperations operations = ((HasTableOperations) table).operations();
        return new PinnedOperations(operations, operations.current(), written, new RecentFiles(0));
    }

    /** Whether the commit may have reached the catalog. */
    boolean sent() {
        return sent;
    }

    @Override
    public TableMetadata current() {
        return base;
    }

    @Override
    public TableMetadata refresh() {
        return base;
    }

    @Override
    public void commit(TableMetadata from, TableMetadata to) {
        sent = true;
        try {
            table.commit(from, to);
            // Iceberg looks for its snapshot afterwards
            base = to;
        } catch (CommitFailedException e) {
            // under another name, or Iceberg repeats the commit on the same base
            throw new BaseMoved(e);
        }
    }

    /** The catalog found another base than the one that was proved. */
    static final class BaseMoved extends RuntimeException {
        private BaseMoved(CommitFailedException cause) {
            super(cause);
        }
    }
}
