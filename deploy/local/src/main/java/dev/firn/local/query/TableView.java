package dev.firn.local.query;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Makes a view in DuckDB of what a table holds now. */
final class TableView {
    private static final String DELETED = "firn_deleted";

    private final Connection duck;
    private final Warehouse warehouse;

    TableView(Connection duck, Warehouse warehouse) {
        this.duck = duck;
        this.warehouse = warehouse;
    }

    /** A view of the current snapshot's rows. */
    void create(TableIdentifier name, Table table) throws SQLException {
        LiveFiles files = LiveFiles.of(table);
        List<String> parts = new ArrayList<>();
        FileShape.group(table.schema(), files.whole(), warehouse::path)
                .forEach((shape, group) -> parts.add(whole(new Projection(table.schema(), shape), group)));
        noteDeleted(table, files.reduced());
        FileShape.group(table.schema(), locations(files.reduced()), warehouse::path)
                .forEach((shape, group) -> parts.add(reduced(new Projection(table.schema(), shape), group)));
        createView(name, parts.isEmpty() ? nothing(table) : String.join(" UNION ALL ", parts));
    }

    /** A view with the right columns and no rows, for a query that asks what tables there are. */
    void createEmpty(TableIdentifier name, Table table) throws SQLException {
        createView(name, nothing(table));
    }

    private void createView(TableIdentifier name, String body) throws SQLException {
        String schema = Sql.name(name.namespace().toString());
        execute("CREATE SCHEMA IF NOT EXISTS " + schema);
        execute("CREATE OR REPLACE VIEW " + schema + "." + Sql.name(name.name()) + " AS " + body);
    }

    private String whole(Projection projection, List<String> locations) {
        return select(projection, locations) + ")";
    }

    private String reduced(Projection projection, List<String> locations) {
        return select(projection, locations) + ", filename = 'firn_file', file_row_number = true) AS live"
                + " WHERE NOT EXISTS (FROM " + DELETED + ".rows AS deleted"
                + " WHERE deleted.file = live.firn_file AND deleted.pos = live.file_row_number)";
    }

    private void noteDeleted(Table table, List<FileScanTask> tasks) throws SQLException {
        if (tasks.isEmpty()) {
            return;
        }
        execute("CREATE SCHEMA IF NOT EXISTS " + DELETED);
        execute("CREATE TABLE IF NOT EXISTS " + DELETED + ".rows (file VARCHAR, pos BIGINT)");
        DeletedRows deleted = new DeletedRows(table);
        try (DuckDBAppender rows = duck.unwrap(DuckDBConnection.class).createAppender(DELETED, "rows")) {
            for (FileScanTask task : tasks) {
                String file = warehouse.path(task.file().location()).toString();
                deleted.of(task, position -> append(rows, file, position));
            }
        }
    }

    private static void append(DuckDBAppender rows, String file, long position) {
        try {
            rows.beginRow().append(file).append(position).endRow();
        } catch (SQLException e) {
            throw new QueryException("deleted rows can't be noted: " + e.getMessage(), e);
        }
    }

    private String select(Projection projection, List<String> locations) {
        String paths = locations.stream()
                .map(location -> Sql.text(warehouse.path(location).toString()))
                .collect(Collectors.joining(", "));
        return "SELECT " + projection.select() + " FROM read_parquet([" + paths + "], schema = MAP {"
                + projection.byFieldId() + "}";
    }

    private static String nothing(Table table) {
        return "SELECT " + new Projection(table.schema(), table.schema()).selectNulls() + " WHERE false";
    }

    private static List<String> locations(List<FileScanTask> tasks) {
        return tasks.stream().map(task -> task.file().location()).toList();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = duck.createStatement()) {
            statement.execute(sql);
        }
    }
}
