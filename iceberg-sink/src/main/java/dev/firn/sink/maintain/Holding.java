package dev.firn.sink.maintain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotParser;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;

/**
 * In which files of a table some rows are, deleted or not, and which snapshots refer to these. Each manifest and each file is read
 * once at most, and only those that may hold such rows.
 */
final class Holding {
    private final Table table;
    private final Expression wanted;
    private final Schema columns;
    private final Map<String, Set<String>> byManifest = new HashMap<>();
    private final Map<String, Boolean> byFile = new HashMap<>();

    /** Of the table given.
     *
     * @param columns that the expression is about
     */
    Holding(Table table, Expression wanted, Schema columns) {
        this.table = table;
        this.wanted = wanted;
        this.columns = columns;
    }

    /** Of the snapshots that there are now.
     *
     * @throws IllegalStateException if a file is not Parquet
     */
    List<Snapshot> snapshots() {
        return StreamSupport.stream(table.snapshots().spliterator(), false)
                .filter(snapshot -> !files(snapshot).isEmpty())
                .toList();
    }

    /** By their locations.
     *
     * @throws IllegalStateException if a file is not Parquet
     */
    Set<String> files(Snapshot snapshot) {
        Set<String> files = new HashSet<>();
        // a snapshot keeps the list that it has read, and there are many snapshots
        Snapshot copy = SnapshotParser.fromJson(SnapshotParser.toJson(snapshot));
        for (ManifestFile manifest : copy.dataManifests(table.io())) {
            files.addAll(byManifest.computeIfAbsent(manifest.path(), path -> files(manifest)));
        }
        return files;
    }

    private Set<String> files(ManifestFile manifest) {
        Set<String> files = new HashSet<>();
        try (ManifestReader<DataFile> all =
                ManifestFiles.read(manifest, table.io(), table.specs()).filterRows(wanted)) {
            for (DataFile file : all) {
                if (byFile.computeIfAbsent(file.location(), location -> holds(file))) {
                    files.add(file.location());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private boolean holds(DataFile file) {
        if (file.format() != FileFormat.PARQUET) {
            throw new IllegalStateException("rows can only be found in Parquet, not in " + file.location());
        }
        Evaluator evaluator = new Evaluator(columns.asStruct(), wanted);
        InternalRecordWrapper row = new InternalRecordWrapper(columns.asStruct());
        try (CloseableIterable<Record> rows = Parquet.read(table.io().newInputFile(file))
                .project(columns)
                .filter(wanted)
                .reuseContainers()
                .createReaderFunc(type -> GenericParquetReaders.buildReader(columns, type))
                .build()) {
            for (Record each : rows) {
                if (evaluator.eval(row.wrap(each))) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
