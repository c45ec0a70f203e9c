package dev.firn.local.query;

import dev.firn.sink.table.UpsertKey;
import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;

/**
 * The tables of a data directory, read from its files alone: it needs no server and disturbs none.
 * For use by one thread.
 */
public final class Warehouse implements Closeable {
    private static final String CATALOG = "firn";

    private final LocalObjects objects;
    private final JdbcCatalog catalog;

    private Warehouse(LocalObjects objects, JdbcCatalog catalog) {
        this.objects = objects;
        this.catalog = catalog;
    }

    /**
     * Opens the tables of a data directory, whether or not its servers run.
     *
     * @throws QueryException when there are none yet
     */
    public static Warehouse open(Path dataDir) {
        Path catalogFile = dataDir.resolve("catalog.db");
        if (!Files.isRegularFile(catalogFile)) {
            throw new QueryException("no tables in " + dataDir + " yet: firn up makes them");
        }
        LocalObjects objects = new LocalObjects(dataDir.resolve("s3"));
        JdbcCatalog catalog = new JdbcCatalog(properties -> objects, null, false);
        catalog.initialize(
                CATALOG,
                Map.of(
                        CatalogProperties.URI,
                        "jdbc:sqlite:" + catalogFile.toAbsolutePath(),
                        JdbcCatalog.PROPERTY_PREFIX + "busy_timeout",
                        "10000",
                        JdbcCatalog.PROPERTY_PREFIX + "schema-version",
                        "V1",
                        CatalogProperties.WAREHOUSE_LOCATION,
                        "s3://firn/warehouse"));
        return new Warehouse(objects, catalog);
    }

    /** All tables, by name. */
    List<TableIdentifier> tables() {
        List<TableIdentifier> tables = new ArrayList<>();
        for (Namespace namespace : catalog.listNamespaces()) {
            tables.addAll(catalog.listTables(namespace));
        }
        tables.sort(Comparator.comparing(TableIdentifier::toString));
        return tables;
    }

    Table load(TableIdentifier table) {
        return catalog.loadTable(table);
    }

    /** The catalog, for reading: whatever would write a file is refused. */
    public JdbcCatalog catalog() {
        return catalog;
    }

    /** Whether the table is there, and keeps the newest row of each key. */
    public boolean isUpsert(String table) {
        TableIdentifier name = TableIdentifier.parse(table);
        return catalog.tableExists(name)
                && UpsertKey.of(catalog.loadTable(name).properties()).isPresent();
    }

    Path path(String location) {
        return objects.path(location);
    }

    Path objectRoot() {
        return objects.root();
    }

    @Override
    public void close() {
        catalog.close();
    }
}
