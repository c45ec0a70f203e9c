package dev.firn.sink.upsert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
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

/**
 * Writes deletes as the table's format version has them: vectors, or, before version 3, files of positions. In either case
 * one per data file, which takes the place of those that the table has.
 */
final class RowDeletes {
    private static final int FIRST_WITH_VECTORS = 3;

    private RowDeletes() {}

    /** Files that are to be committed to the table as it was loaded.
     *
     * @param name part of the files' names, different for every call
     */
    static DeleteWriteResult write(Table table, ObsoleteRows rows, String name) {
        DeletedRows deleted = DeletedRows.of(table, rows.files());
        PartitioningWriter<PositionDelete<Record>, DeleteWriteResult> writer = writer(table, deleted, name);
        try (writer) {
            PositionDelete<Record> delete = PositionDelete.create();
            rows.forEach((file, positions) -> {
                PartitionSpec spec = Objects.requireNonNull(table.specs().get(file.spec()));
                positions.forEach(position -> writer.write(delete.set(file.file(), position), spec, file.partition()));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.result();
    }

    private static PartitioningWriter<PositionDelete<Record>, DeleteWriteResult> writer(
            Table table, DeletedRows deleted, String name) {
        boolean vectors = TableUtil.formatVersion(table) >= FIRST_WITH_VECTORS;
        OutputFileFactory files = OutputFileFactory.builderFor(table, 0, 0)
                .operationId(name)
                .suffix("deletes")
                .format(vectors ? FileFormat.PUFFIN : FileFormat.PARQUET)
                .build();
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
