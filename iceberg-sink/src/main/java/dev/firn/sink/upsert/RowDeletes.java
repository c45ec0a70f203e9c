package dev.firn.sink.upsert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.DeleteGranularity;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.io.DeleteWriteResult;
import org.apache.iceberg.io.FanoutPositionOnlyDeleteWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.io.PartitioningDVWriter;
import org.apache.iceberg.io.PartitioningWriter;
import org.apache.iceberg.util.Tasks;
import org.apache.iceberg.util.ThreadPools;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Writes deletes as the table's format version has them: vectors, or, before version 3, files of positions. In either case
 * one per data file, which takes the place of those that the table has, and each in a file of its own: who expires snapshots
 * deletes whole files, also those that share a file with a vector that was replaced.
 */
final class RowDeletes {
    private static final int FIRST_WITH_VECTORS = 3;

    private final Table table;
    private final DeletedRows deleted;
    private final boolean vectors;
    private final OutputFileFactory files;
    private final Map<Integer, PartitionSpec> specs;

    private RowDeletes(Table table, Map<Integer, PartitionSpec> ahead, DeletedRows deleted, String name) {
        this.table = table;
        this.specs = new HashMap<>(table.specs());
        specs.putAll(ahead);
        this.deleted = deleted;
        this.vectors = TableUtil.formatVersion(table) >= FIRST_WITH_VECTORS;
        this.files = OutputFileFactory.builderFor(table, 0, 0)
                .operationId(name)
                .suffix("deletes")
                .format(vectors ? FileFormat.PUFFIN : FileFormat.PARQUET)
                .build();
    }

    /** Files that are to be committed to the table as it was loaded.
     *
     * @param ahead specs of files that the commit adds, and that it gives the table first
     * @param name part of the files' names, different for every call
     */
    static List<DeleteWriteResult> write(
            Table table, Map<Integer, PartitionSpec> ahead, ObsoleteRows rows, String name) {
        RowDeletes deletes = new RowDeletes(table, ahead, DeletedRows.of(table, rows.files()), name);
        Queue<DeleteWriteResult> written = new ConcurrentLinkedQueue<>();
        Tasks.foreach(rows.files())
                .executeWith(ThreadPools.getDeleteWorkerPool())
                .stopOnFailure()
                .throwFailureWhenFinished()
                .run(file -> written.add(deletes.write(rows.place(file), rows.positions(file))));
        return List.copyOf(written);
    }

    private DeleteWriteResult write(Place file, Roaring64Bitmap positions) {
        PartitioningWriter<PositionDelete<Record>, DeleteWriteResult> writer = writer();
        PartitionSpec spec = Objects.requireNonNull(specs.get(file.spec()));
        try (writer) {
            PositionDelete<Record> delete = PositionDelete.create();
            positions.forEach(position -> writer.write(delete.set(file.file(), position), spec, file.partition()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.result();
    }

    private PartitioningWriter<PositionDelete<Record>, DeleteWriteResult> writer() {
        return vectors
                ? new PartitioningDVWriter<>(files, file -> deleted.in(file.toString()))
                : new FanoutPositionOnlyDeleteWriter<>(
                        new GenericFileWriterFactory.Builder(table)
                                .deleteFileFormat(FileFormat.PARQUET)
                                .build(),
                        files,
                        table.io(),
                        TableProperties.DELETE_TARGET_FILE_SIZE_BYTES_DEFAULT,
                        DeleteGranularity.FILE,
                        file -> deleted.in(file.toString()));
    }
}
