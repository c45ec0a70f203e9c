package dev.firn.sink.inspect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/** Some rows of a table, in no order, as text.
 *
 * @param snapshot that they are of
 * @param more whether there are more rows than these
 */
public record Sample(String snapshot, long at, List<String> columns, List<List<@Nullable String>> rows, boolean more) {

    /** Rows that the table held with this snapshot.
     *
     * @throws IllegalArgumentException if the table has no such snapshot
     */
    public static Sample asOf(Table table, long snapshot, int most) {
        Snapshot found = snapshot(table, snapshot);
        try (CloseableIterable<Record> records =
                IcebergGenerics.read(table).useSnapshot(snapshot).build()) {
            return of(records, SnapshotUtil.schemaFor(table, snapshot), found, most);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The snapshot that was current at an instant, as far as the history goes back. */
    public static OptionalLong at(Table table, long millis) {
        try {
            return OptionalLong.of(SnapshotUtil.snapshotIdAsOfTime(table, millis));
        } catch (IllegalArgumentException e) {
            return OptionalLong.empty();
        }
    }

    /** Rows that the snapshot's commit added, as they were then.
     *
     * @throws IllegalArgumentException if the table has no such snapshot
     */
    public static Sample addedBy(Table table, long snapshot, int most) {
        Snapshot found = snapshot(table, snapshot);
        Schema schema = SnapshotUtil.schemaFor(table, snapshot);
        Iterable<DataFile> files =
                SnapshotChanges.builderFor(table).snapshot(found).build().addedDataFiles();
        try (CloseableIterable<Record> records = CloseableIterable.concat(CloseableIterable.transform(
                CloseableIterable.withNoopClose(files), file -> open(table, schema, file)))) {
            return of(records, schema, found, most);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CloseableIterable<Record> open(Table table, Schema schema, DataFile file) {
        return Parquet.read(table.io().newInputFile(file.location()))
                .project(schema)
                .createReaderFunc(type -> GenericParquetReaders.buildReader(schema, type))
                .build();
    }

    private static Snapshot snapshot(Table table, long id) {
        return Optional.ofNullable(table.snapshot(id))
                .orElseThrow(() -> new IllegalArgumentException("the table has no snapshot " + id));
    }

    private static Sample of(Iterable<Record> records, Schema schema, Snapshot snapshot, int most) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        boolean more = false;
        for (Record record : records) {
            more = rows.size() == most;
            if (more) {
                break;
            }
            rows.add(Cell.row(record));
        }
        return new Sample(
                Long.toString(snapshot.snapshotId()),
                snapshot.timestampMillis(),
                schema.columns().stream().map(Types.NestedField::name).toList(),
                rows,
                more);
    }
}
