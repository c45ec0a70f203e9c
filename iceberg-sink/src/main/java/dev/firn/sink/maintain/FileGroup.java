package dev.firn.sink.maintain;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.ContentFileUtil;

/** Files of one partition that are to become one file, or as many as their rows fill, if these are to be ordered. In the order that
 * they came in.
 *
 * @param isSorted whether each of them is sorted by the table's sort order
 * @param newest sequence number of what came last into the partition
 * @param clusterBy what their rows are to be ordered by; empty if they stay in order
 */
record FileGroup(List<FileScanTask> tasks, boolean isSorted, long newest, Optional<ClusterBy> clusterBy) {
    /** Bytes, as tables of Firn's have it. */
    static final long ROW_GROUP = 64 << 20;

    FileGroup {
        tasks = List.copyOf(tasks);
    }

    /** Of one file. */
    static FileGroup alone(Table table, FileScanTask task) {
        return new FileGroup(List.of(task), isSorted(table, task.file()), 0, Optional.empty());
    }

    /** Whether a file is sorted by the table's sort order. */
    static boolean isSorted(Table table, DataFile file) {
        Integer order = file.sortOrderId();
        return table.sortOrder().isSorted()
                && order != null
                && order == table.sortOrder().orderId();
    }

    PartitionSpec spec() {
        return tasks.get(0).spec();
    }

    StructLike partition() {
        return tasks.get(0).partition();
    }

    List<DataFile> files() {
        return tasks.stream().map(FileScanTask::file).toList();
    }

    /** How the names of the files end that it becomes, but for their format. Rows of one file stay in their order. */
    String suffix() {
        Optional<String> same = tasks.size() == 1 ? ClusterBy.suffix(first()) : Optional.empty();
        return clusterBy.map(it -> it.suffix(UUID.randomUUID())).or(() -> same).orElse("packed");
    }

    /** What tells it from other groups of its table. */
    String first() {
        return tasks.get(0).file().location();
    }

    /** Bytes that its writing holds at most: a row group of what is written, and one of each file that is read at a time. */
    long memory() {
        long read = isSorted
                ? tasks.stream().mapToLong(FileGroup::rowGroup).sum()
                : tasks.stream().mapToLong(FileGroup::rowGroup).max().orElse(0);
        return read + Math.min(bytes(), ROW_GROUP) + (clusterBy.isPresent() ? ClusteredRows.MEMORY : 0);
    }

    /** Bytes of a file's largest row group, at most. */
    static long rowGroup(FileScanTask task) {
        return Math.min(bytes(task), ROW_GROUP);
    }

    long bytes() {
        return tasks.stream().mapToLong(FileGroup::bytes).sum();
    }

    static long bytes(FileScanTask task) {
        return task.file().fileSizeInBytes();
    }

    /** Which part of a file's rows is known to be deleted. */
    static double deleted(FileScanTask task) {
        long rows = task.deletes().stream()
                .filter(delete -> ContentFileUtil.isFileScoped(delete))
                .mapToLong(DeleteFile::recordCount)
                .sum();
        return (double) rows / Math.max(1, task.file().recordCount());
    }

    @Override
    public String toString() {
        return files().stream().map(DataFile::location).collect(Collectors.joining(", "));
    }
}
