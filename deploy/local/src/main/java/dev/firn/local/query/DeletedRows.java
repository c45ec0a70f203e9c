package dev.firn.local.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.data.GenericDeleteFilter;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;

/**
 * Positions of the rows of a data file that are deleted: by position delete files, by a deletion vector, or by
 * equality, in which case the compared columns of the data file are read.
 */
final class DeletedRows {
    private static final Schema POSITION = new Schema(MetadataColumns.ROW_POSITION);

    private final Table table;

    DeletedRows(Table table) {
        this.table = table;
    }

    /** Passes each deleted position on; one that is deleted in two ways may come twice. */
    void of(FileScanTask task, LongConsumer position) {
        List<DeleteFile> byPosition = task.deletes().stream()
                .filter(delete -> delete.content() == FileContent.POSITION_DELETES)
                .toList();
        if (!byPosition.isEmpty()) {
            new BaseDeleteLoader(table.io()::newInputFile)
                    .loadPositionDeletes(byPosition, task.file().location())
                    .forEach(position);
        }
        if (byPosition.size() < task.deletes().size()) {
            byEquality(task, position);
        }
    }

    private void byEquality(FileScanTask task, LongConsumer position) {
        GenericDeleteFilter filter = new GenericDeleteFilter(table.io(), task, table.schema(), POSITION);
        Schema compared = filter.requiredSchema();
        int index = compared.columns().indexOf(MetadataColumns.ROW_POSITION);
        try (CloseableIterable<Record> rows = Parquet.read(table.io().newInputFile(task.file()))
                        .project(compared)
                        .createReaderFunc(fileSchema -> GenericParquetReaders.buildReader(compared, fileSchema))
                        .build();
                CloseableIterable<Record> deleted = filter.findEqualityDeleteRows(rows)) {
            deleted.forEach(row -> position.accept(row.get(index, Long.class)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
