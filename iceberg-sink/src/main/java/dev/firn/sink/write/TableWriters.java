package dev.firn.sink.write;

import dev.firn.sink.table.TableKind;
import dev.firn.sink.table.TableShape;
import org.apache.iceberg.Table;

/** Opens writers. Safe for use by many threads. */
public interface TableWriters {
    /** A writer for the table as it is now: what changes of it afterwards is for the next one.
     *
     * @param window different for every writer ever opened: it is part of the files' names
     */
    default TableWriter open(Table table, TableKind kind, String window) {
        return open(table, TableShape.of(table), kind, window);
    }

    /** The same, for the table as it will be: the files can only be committed once it has that shape. */
    TableWriter open(Table table, TableShape shape, TableKind kind, String window);
}
