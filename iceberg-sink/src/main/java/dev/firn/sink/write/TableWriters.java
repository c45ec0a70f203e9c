package dev.firn.sink.write;

import dev.firn.sink.table.TableKind;
import org.apache.iceberg.Table;

/** Opens writers. Safe for use by many threads. */
public interface TableWriters {
    /** A writer for the table as it is now: what changes of it afterwards is for the next one.
     *
     * @param window different for every writer ever opened: it is part of the files' names
     */
    TableWriter open(Table table, TableKind kind, String window);
}
