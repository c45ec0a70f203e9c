package dev.firn.local.query;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Comparator;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.TableIdentifier;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB with a view per table that is asked for, and no way to anything else: once {@link #show} has made the views it reads the
 * object store's folder only, and its settings are fixed. Times are shown in UTC.
 */
final class SqlSession implements AutoCloseable {
    private final Connection duck;
    private final Path spill;
    private volatile @Nullable Statement running;
    private volatile boolean interrupted;

    private SqlSession(Connection duck, Path spill) {
        this.duck = duck;
        this.spill = spill;
    }

    /** A session in which nothing can be read yet. */
    static SqlSession open() throws SQLException {
        return open(true, Runtime.getRuntime().availableProcessors(), "4GB");
    }

    /** One that takes no more than this of the machine, and whose answers can be interrupted: they are whole before their first row. */
    static SqlSession open(int threads, String memory) throws SQLException {
        return open(false, threads, memory);
    }

    private static SqlSession open(boolean streams, int threads, String memory) throws SQLException {
        Path spill = temporaryFolder();
        Properties settings = new Properties();
        settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, Boolean.toString(streams));
        SqlSession session = new SqlSession(DriverManager.getConnection("jdbc:duckdb:", settings), spill);
        session.execute("SET TimeZone = 'UTC'");
        session.execute("SET temp_directory = " + Sql.text(spill.toString()));
        session.execute("SET memory_limit = " + Sql.text(memory));
        session.execute("SET threads = " + threads);
        session.execute("SET autoinstall_known_extensions = false");
        session.execute("SET autoload_known_extensions = false");
        return session;
    }

    Connection connection() {
        return duck;
    }

    /** Makes the views, reads the data of {@code needed} only, and locks the session. */
    void show(Warehouse warehouse, Collection<TableIdentifier> needed, Collection<TableIdentifier> namesOnly)
            throws SQLException {
        TableView views = new TableView(duck, warehouse);
        for (TableIdentifier table : namesOnly) {
            views.createEmpty(table, warehouse.load(table));
        }
        for (TableIdentifier table : needed) {
            views.create(table, warehouse.load(table));
        }
        findWithoutNamespace(needed, namesOnly);
        lock(warehouse);
    }

    private void findWithoutNamespace(Collection<TableIdentifier> needed, Collection<TableIdentifier> namesOnly)
            throws SQLException {
        Set<String> namespaces = new TreeSet<>();
        Stream.concat(needed.stream(), namesOnly.stream())
                .forEach(table -> namespaces.add(table.namespace().toString()));
        if (!namespaces.isEmpty()) {
            String path = namespaces.stream()
                    .map(Sql::name)
                    .reduce((a, b) -> a + "," + b)
                    .orElseThrow();
            execute("SET search_path = " + Sql.text(path));
        }
    }

    /** Ends what is being answered, as a failure; where nothing is yet, nothing. May be called by any thread. */
    void interrupt() throws SQLException {
        interrupted = true;
        Statement statement = running;
        if (statement != null) {
            statement.cancel();
        }
    }

    /** For the answer, which is what can be interrupted. */
    Statement statement() throws SQLException {
        Statement statement = duck.createStatement();
        running = statement;
        return statement;
    }

    /** Why a query failed: a streamed result does not tell, but running it once more to its end does. */
    SQLException reason(String sql, SQLException failure) {
        if (interrupted) {
            return failure;
        }
        try {
            execute("EXPLAIN ANALYZE " + sql);
            return failure;
        } catch (SQLException reason) {
            return reason;
        }
    }

    private void lock(Warehouse warehouse) throws SQLException {
        execute("SET allowed_directories = [" + Sql.text(warehouse.objectRoot() + "/") + "]");
        execute("SET enable_external_access = false");
        execute("SET lock_configuration = true");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = duck.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("firn-query");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        duck.close();
        try (Stream<Path> files = Files.walk(spill)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
