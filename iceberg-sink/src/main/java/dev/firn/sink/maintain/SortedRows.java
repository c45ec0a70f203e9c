package dev.firn.sink.maintain;

import dev.firn.sink.upsert.LiveRows;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.SortOrderComparators;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.SortedMerge;

/** The rows of files that are each sorted by a table's sort order, all together in that order. */
final class SortedRows {
    /** At most: all of them are open at the same time, and of each a row group is in memory. */
    static final int FILES = 16;

    /** Of all of them, in memory at the same time. */
    private static final long BYTES = 128 << 20;

    private SortedRows() {}

    /** Whether no more files should be open at the same time. */
    static boolean areEnough(List<FileScanTask> files) {
        long bytes = files.stream().mapToLong(FileGroup::rowGroup).sum();
        return files.size() >= FILES || (files.size() > 1 && bytes >= BYTES);
    }

    static CloseableIterable<Record> open(Table table, FileGroup group, Schema columns) {
        List<CloseableIterable<Record>> files = group.tasks().stream()
                .map(task -> LiveRows.open(table, task, columns, false))
                .toList();
        return new SortedMerge<>(comparator(table.sortOrder(), columns), files);
    }

    private static Comparator<Record> comparator(SortOrder order, Schema columns) {
        Comparator<StructLike> values = SortOrderComparators.forSchema(columns, order);
        InternalRecordWrapper one = new InternalRecordWrapper(columns.asStruct());
        InternalRecordWrapper other = new InternalRecordWrapper(columns.asStruct());
        return (left, right) -> values.compare(one.wrap(left), other.wrap(right));
    }
}
