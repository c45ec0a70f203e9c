package dev.firn.sink.maintain;

import dev.firn.sink.commit.RememberingIo;
import java.util.HashSet;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * A table's operations, by which nothing is deleted: Iceberg takes some answers of catalogs for a failure that are none, and
 * deletes what it has just committed. What is left behind is removed by age.
 */
record KeepingOperations(TableOperations table, FileIO io) implements TableOperations {
    KeepingOperations(TableOperations table) {
        this(table, new RememberingIo(table.io(), new HashSet<>()));
    }

    @Override
    public TableMetadata current() {
        return table.current();
    }

    @Override
    public TableMetadata refresh() {
        return table.refresh();
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
        table.commit(base, metadata);
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
}
