package dev.firn.sink.upsert;

import static org.apache.iceberg.expressions.Expressions.and;
import static org.apache.iceberg.expressions.Expressions.in;

import dev.firn.sink.commit.Source;
import dev.firn.sink.keys.KeyDigest;
import dev.firn.sink.keys.KeyHash;
import dev.firn.sink.table.SourceColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.iceberg.Accessor;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/** Reads keys, origins and positions of a table's live rows. For one thread. */
final class RowScan {
    private final Table table;
    private final Schema columns;
    private final List<Accessor<StructLike>> key;
    private final Accessor<StructLike> topic;
    private final Accessor<StructLike> partition;
    private final Accessor<StructLike> offset;
    private final Accessor<StructLike> position;
    private final KeyDigest digest = new KeyDigest();

    /** Of the table as it was loaded. */
    RowScan(Table table, List<String> key) {
        this.table = table;
        Stream<String> wanted = Stream.concat(
                key.stream(),
                Stream.of(SourceColumn.TOPIC.column(), SourceColumn.PARTITION.column(), SourceColumn.OFFSET.column()));
        Schema selected = table.schema().select(wanted.toList());
        this.columns = TypeUtil.join(selected, new Schema(MetadataColumns.ROW_POSITION));
        this.key = key.stream().map(this::accessor).toList();
        this.topic = accessor(SourceColumn.TOPIC.column());
        this.partition = accessor(SourceColumn.PARTITION.column());
        this.offset = accessor(SourceColumn.OFFSET.column());
        this.position = columns.accessorForField(MetadataColumns.ROW_POSITION.fieldId());
    }

    private Accessor<StructLike> accessor(String column) {
        Types.NestedField field = columns.findField(column);
        if (field == null) {
            throw new IllegalStateException(table.name() + " has no column " + column);
        }
        return columns.accessorForField(field.fieldId());
    }

    /** Is shown rows. */
    @FunctionalInterface
    interface Visitor {
        void row(Source source, KeyHash key, long offset, Place file, int position);
    }

    /** Shows the live rows of some sources, in those files that are wanted.
     *
     * @throws RuntimeException whatever the storage throws
     */
    void rows(Set<Source> sources, Predicate<String> wanted, Visitor visitor) {
        if (sources.isEmpty() || table.currentSnapshot() == null) {
            return;
        }
        for (FileScanTask task : tasks(sources, wanted)) {
            try (CloseableIterable<Record> rows = LiveRows.open(table, task, columns, true)) {
                show(rows, sources, Place.of(task.file()), visitor);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private List<FileScanTask> tasks(Set<Source> sources, Predicate<String> wanted) {
        List<FileScanTask> tasks = new ArrayList<>();
        try (CloseableIterable<FileScanTask> all = table.newScan()
                .filter(and(
                        in(
                                SourceColumn.TOPIC.column(),
                                sources.stream().map(Source::topic).distinct().toArray()),
                        in(
                                SourceColumn.PARTITION.column(),
                                sources.stream()
                                        .map(Source::partition)
                                        .distinct()
                                        .toArray())))
                .planFiles()) {
            for (FileScanTask task : all) {
                if (wanted.test(task.file().location())) {
                    tasks.add(task);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tasks;
    }

    private void show(CloseableIterable<Record> rows, Set<Source> sources, Place file, Visitor visitor) {
        InternalRecordWrapper values = new InternalRecordWrapper(columns.asStruct());
        Source last = null;
        for (Record record : rows) {
            StructLike row = values.wrap(record);
            if (topic.get(row) instanceof String name
                    && partition.get(row) instanceof Integer number
                    && offset.get(row) instanceof Long at) {
                if (last == null || last.partition() != number || !last.topic().equals(name)) {
                    last = new Source(name, number);
                }
                if (sources.contains(last) && hasKey(row)) {
                    visitor.row(last, hash(row), at, file, Math.toIntExact((Long) position.get(row)));
                }
            }
        }
    }

    /** What was appended before the table had a key may have none. */
    private boolean hasKey(StructLike row) {
        for (Accessor<StructLike> part : key) {
            if (part.get(row) == null) {
                return false;
            }
        }
        return true;
    }

    private KeyHash hash(StructLike row) {
        for (Accessor<StructLike> part : key) {
            digest.add(part.get(row));
        }
        return digest.hash();
    }
}
