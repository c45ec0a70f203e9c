package dev.firn.sink.write;

import dev.firn.sink.decode.WriterSchemas;
import dev.firn.sink.parquet.ParquetFiles;
import dev.firn.sink.table.KeyFormat;
import dev.firn.sink.table.TableKind;
import dev.firn.sink.table.TableShape;
import dev.firn.sink.table.UpsertKey;
import org.apache.iceberg.Table;

/** Opens writers of Parquet files, and keeps the plans that they share. */
public final class ParquetWriters implements TableWriters {
    private final WriterSchemas schemas;
    private final WriteLimits limits;
    private final PlanCache plans = new PlanCache();
    private final ParquetFiles files = new ParquetFiles();

    public ParquetWriters(WriterSchemas schemas, WriteLimits limits) {
        this.schemas = schemas;
        this.limits = limits;
    }

    /** Bytes of memory that the open files of all writers hold now, whatever threads they are with, and what else was counted. */
    public long held() {
        return files.held();
    }

    /** Counts memory that is held for files that are still to be written, or, if it is less than nothing, that it is gone. */
    public void hold(long more) {
        files.hold(more);
    }

    @Override
    public TableWriter open(Table table, TableShape shape, TableKind kind, String window) {
        UpsertKey key = UpsertKey.of(table.properties(), kind).orElse(null);
        FileOpener opener = new FileOpener(table, shape, key != null, window, files);
        PlanCache.Target target = new PlanCache.Target(table.uuid(), shape, opener.order(), kind, key);
        return new ParquetTableWriter(
                new Fits(schemas, plans, target),
                new OpenFiles(opener, limits.openFiles()),
                table.io(),
                RecordKeys.of(kind.isWhole() ? kind.in(shape.schema()).keys() : KeyFormat.BYTES, schemas),
                key == null ? null : new KafkaKeys(schemas, opener.schema(), key, kind.keys()));
    }
}
