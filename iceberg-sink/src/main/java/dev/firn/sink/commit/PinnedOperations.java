package dev.firn.sink.commit;

import java.util.Set;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * A table's operations for one attempt: pinned to the base that was proved, so that Iceberg neither refreshes nor retries
 * underneath; and aware of whether the catalog has been asked, which decides what a failure means.
 */
final class PinnedOperations implements TableOperations {
    private final TableOperations table;
    private final TableMetadata base;
    private final FileIO io;
    private boolean sent;

    PinnedOperations(TableOperations table, TableMetadata base, Set<String> written) {
        this.table = table;
        this.base = base;
        this.io = new RememberingIo(table.io(), written);
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
        } catch (CommitFailedException e) {
            // under another name, or Iceberg repeats the commit on the same base
            throw new BaseMoved(e);
        }
    }

    @Override
    public FileIO io() {
        return io;
    }

    @Override
    public EncryptionManager encryption() {
        return table.encryption();
    }

    @Override
    public String metadataFileLocation(String fileName) {
        return table.metadataFileLocation(fileName);
    }

    @Override
    public LocationProvider locationProvider() {
        return table.locationProvider();
    }

    @Override
    public long newSnapshotId() {
        return table.newSnapshotId();
    }

    /** The catalog found another base than the one that was proved. */
    static final class BaseMoved extends RuntimeException {
        private BaseMoved(CommitFailedException cause) {
            super(cause);
        }
    }
}
