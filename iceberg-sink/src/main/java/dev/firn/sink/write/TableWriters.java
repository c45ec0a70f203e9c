package dev.firn.sink.write;

import dev.firn.sink.decode.WriterSchemas;
import dev.firn.sink.table.TableKind;
import org.apache.iceberg.Table;

/** Opens writers, and keeps the plans that they share. Safe for use by many threads. */
public final class TableWriters {
    private final WriterSchemas schemas;
    private final WriteLimits limits;

    public TableWriters(WriterSchemas schemas, WriteLimits limits) {
        this.schemas = schemas;
        this.limits = limits;
    }

    /** A writer for the table as it is now: what changes of it afterwards is for the next one.
     *
     * @param window different for every writer ever opened: it is part of the files' names
     */
    public TableWriter open(Table table, TableKind kind, String window) {
        throw new UnsupportedOperationException(schemas.toString() + limits + table + kind + window);
    }
}
