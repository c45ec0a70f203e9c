package dev.firn.sink.commit;

import dev.firn.sink.table.OtherOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;

/** A table's operations, whose commits give way to those of records. */
final class YieldingOperations extends OtherOperations {
    private final RightOfWay way;

    YieldingOperations(TableOperations table, RightOfWay way) {
        super(table, table.io());
        this.way = way;
    }

    /** Once no commit of records is under way, which would move the base. */
    @Override
    public TableMetadata refresh() {
        way.awaitFree();
        return table.refresh();
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
        way.yielding(() -> table.commit(base, metadata));
    }
}
