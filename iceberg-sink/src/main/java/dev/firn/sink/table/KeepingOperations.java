package dev.firn.sink.table;

import java.util.HashSet;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;

/**
 * A table's operations, by which nothing is deleted: Iceberg takes some answers of catalogs for a failure that are none, and
 * deletes what it has just committed. What is left behind is removed by age.
 */
public final class KeepingOperations extends OtherOperations {
    public KeepingOperations(TableOperations table) {
        super(table, new RememberingIo(table.io(), new HashSet<>(), new RecentFiles(0)));
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
        table.commit(base, metadata);
    }
}
