package dev.firn.sink.commit;

import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.types.Types;

/** A catalog in memory, into whose commits faults can be put. */
public class FaultyCatalog extends InMemoryCatalog {
    /** What happens to one commit, which the fault makes by running it, or not. */
    public interface Fault {
        void commit(Runnable commit);
    }

    static final Schema SCHEMA = new Schema(Types.NestedField.required(1, "n", Types.LongType.get()));

    private final Deque<Fault> faults = new ConcurrentLinkedDeque<>();

    public static FaultyCatalog fresh() {
        FaultyCatalog catalog = new FaultyCatalog();
        catalog.initialize("test", Map.of());
        catalog.createNamespace(Namespace.of("bronze"));
        return catalog;
    }

    Table create(TableIdentifier name) {
        return createTable(name, SCHEMA);
    }

    /** The next commit meets the fault; a second one waits for the commit after. */
    public void next(Fault fault) {
        faults.add(fault);
    }

    /** No commit meets a fault any more. */
    public void calm() {
        faults.clear();
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier name) {
        return new Operations(super.newTableOps(name));
    }

    private final class Operations implements TableOperations {
        private final TableOperations real;

        private Operations(TableOperations real) {
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
            Fault fault = base == null ? null : faults.poll();
            if (fault == null) {
                real.commit(base, metadata);
            } else {
                fault.commit(() -> real.commit(base, metadata));
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
