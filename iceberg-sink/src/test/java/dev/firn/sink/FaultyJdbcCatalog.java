package dev.firn.sink;

import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.jdbc.JdbcCatalog;

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
        return new Operations(name, super.newTableOps(name));
    }

    private final class Operations implements TableOperations {
        private final TableIdentifier name;
        private final TableOperations real;

        private Operations(TableIdentifier name, TableOperations real) {
            this.name = name;
            this.real = real;
        }

        @Override
        public TableMetadata current() {
            return real.current();
        }

        @Override
        public TableMetadata refresh() {
            return real.refresh();
        }

        @Override
        public void commit(TableMetadata base, TableMetadata metadata) {
            if (refused.contains(name)) {
                throw new IllegalStateException("no answer, simulated");
            }
            Consumer<Runnable> fault = base == null ? null : faults.poll();
            if (fault == null) {
                real.commit(base, metadata);
            } else {
                fault.accept(() -> real.commit(base, metadata));
            }
        }

        @Override
        public FileIO io() {
            return real.io();
        }

        @Override
        public String metadataFileLocation(String fileName) {
            return real.metadataFileLocation(fileName);
        }

        @Override
        public LocationProvider locationProvider() {
            return real.locationProvider();
        }

        @Override
        public TableOperations temp(TableMetadata uncommitted) {
            return real.temp(uncommitted);
        }
    }
}
