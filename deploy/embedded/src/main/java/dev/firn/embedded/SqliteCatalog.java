package dev.firn.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;

/**
 * Iceberg's JDBC catalog on a SQLite file, which many processes may use at a time.
 *
 * @param file of the database, made on first use
 */
record SqliteCatalog(Path file) {
    static final String NAME = "firn";

    /** Makes the database and its tables, before two others try to at the same time. */
    void create() {
        var properties = new HashMap<>(properties());
        properties.put("warehouse", "memory:///");
        properties.put("io-impl", "org.apache.iceberg.inmemory.InMemoryFileIO");
        try (var catalog = new JdbcCatalog()) {
            catalog.initialize(NAME, properties);
        }
    }

    /** For the caller to close. */
    JdbcCatalog open(String warehouse, FileIO io) {
        var catalog = new JdbcCatalog(properties -> io, null, true);
        var properties = new HashMap<>(properties());
        properties.put("warehouse", warehouse);
        catalog.initialize(NAME, properties);
        return catalog;
    }

    /** For {@code CatalogUtil.buildIcebergCatalog}, without the storage that it needs, too. */
    Map<String, String> properties() {
        return Map.of(
                "catalog-impl",
                "org.apache.iceberg.jdbc.JdbcCatalog",
                "uri",
                // writers wait for each other, and a reader for none
                "jdbc:sqlite:" + file.toAbsolutePath() + "?journal_mode=WAL&busy_timeout=30000&synchronous=FULL",
                "jdbc.schema-version",
                "V1");
    }
}
