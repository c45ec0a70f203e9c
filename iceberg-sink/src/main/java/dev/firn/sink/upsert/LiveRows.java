package dev.firn.sink.upsert;

import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericDeleteFilter;
import org.apache.iceberg.data.IdentityPartitionConverters;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.util.PartitionUtil;

/** Reads those rows of a file that are not deleted. */
public final class LiveRows {
    private LiveRows() {}

    /** Opens a file.
     *
     * @param columns what each record begins with; there may be more behind it
     * @param reuse whether each record takes the place of the one before
     * @throws IllegalStateException if the file is not Parquet
     */
    public static CloseableIterable<Record> open(Table table, FileScanTask task, Schema columns, boolean reuse) {
        if (task.file().format() != FileFormat.PARQUET) {
            throw new IllegalStateException(
                    "rows can only be found in Parquet, not in " + task.file().location());
        }
        GenericDeleteFilter deletes = new GenericDeleteFilter(table.io(), task, table.schema(), columns);
        Schema read = deletes.requiredSchema();
        Parquet.ReadBuilder file = Parquet.read(table.io().newInputFile(task.file()))
                .project(read)
                .createReaderFunc(type -> GenericParquetReaders.buildReader(
                        read, type, PartitionUtil.constantsMap(task, IdentityPartitionConverters::convertConstant)));
        return deletes.filter((reuse ? file.reuseContainers() : file).build());
    }
}
