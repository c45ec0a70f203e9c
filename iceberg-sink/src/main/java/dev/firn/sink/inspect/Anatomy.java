package dev.firn.sink.inspect;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.util.SnapshotUtil;

/** How a table is kept.
 *
 * @param partitioning transforms of columns, with commas between; empty if there is none
 * @param sorting likewise
 * @param snapshots of the current ancestry, newest first, as far as {@link #MOST} of them
 */
public record Anatomy(
        String table,
        int formatVersion,
        String partitioning,
        String sorting,
        FileDebt files,
        DeleteDebt deletes,
        List<Step> snapshots,
        List<Column> columns) {
    private static final int MOST = 100;

    /** A column, by its type as Iceberg writes it. */
    public record Column(String name, String type) {}

    /** Reads the manifests of the current snapshot, but no data. */
    public static Anatomy of(Table table) {
        return new Anatomy(
                table.name(),
                TableUtil.formatVersion(table),
                table.spec().fields().stream()
                        .map(field -> field.transform() + "(" + column(table, field.sourceId()) + ")")
                        .collect(Collectors.joining(", ")),
                table.sortOrder().fields().stream()
                        .map(field -> column(table, field.sourceId()) + " " + field.direction())
                        .collect(Collectors.joining(", ")),
                FileDebt.of(table),
                DeleteDebt.of(table),
                steps(table),
                table.schema().columns().stream()
                        .map(column -> new Column(column.name(), column.type().toString()))
                        .toList());
    }

    private static String column(Table table, int id) {
        return String.valueOf(table.schema().findColumnName(id));
    }

    private static List<Step> steps(Table table) {
        Iterable<Snapshot> ancestry = SnapshotUtil.currentAncestors(table);
        return StreamSupport.stream(ancestry.spliterator(), false)
                .limit(MOST)
                .map(Step::of)
                .toList();
    }
}
