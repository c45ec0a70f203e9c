package dev.firn.sink;

import dev.firn.sink.commit.FaultyOperations;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.jspecify.annotations.Nullable;

/** The stack's catalog, into whose commits to existing tables faults can be put. */
final class FaultyJdbcCatalog extends JdbcCatalog {
    /** Each is given the real commit, to run it or not. */
    final Deque<Consumer<Runnable>> faults = new ConcurrentLinkedDeque<>();

    private final Set<TableIdentifier> refused = ConcurrentHashMap.newKeySet();

    void refuse(TableIdentifier table) {
        refused.add(table);
    }

    void allow(TableIdentifier table) {
        refused.remove(table);
    }

    static FaultyJdbcCatalog open(Map<String, String> properties) {
        FaultyJdbcCatalog catalog = new FaultyJdbcCatalog();
        catalog.initialize("firn", properties);
        return catalog;
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier name) {
        return new FaultyOperations(super.newTableOps(name), base -> fault(name, base));
    }

    private @Nullable Consumer<Runnable> fault(TableIdentifier name, Optional<TableMetadata> base) {
        if (refused.contains(name)) {
            throw new IllegalStateException("no answer, simulated");
        }
        return base.isEmpty() ? null : faults.poll();
    }
}
