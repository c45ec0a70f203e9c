package dev.firn.local.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * The data files of a table's current snapshot.
 *
 * @param whole locations of those of which every row lives
 * @param reduced those that deletes apply to
 */
record LiveFiles(List<String> whole, List<FileScanTask> reduced) {
    static LiveFiles of(Table table) {
        LiveFiles files = new LiveFiles(new ArrayList<>(), new ArrayList<>());
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            tasks.forEach(files::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private void add(FileScanTask task) {
        if (task.file().format() != FileFormat.PARQUET) {
            throw new QueryException(
                    "only Parquet can be queried: " + task.file().location());
        }
        if (task.deletes().isEmpty()) {
            whole.add(task.file().location());
        } else {
            reduced.add(task);
        }
    }
}
