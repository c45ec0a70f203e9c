package dev.firn.sink.commit;

import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;

/** A catalog in memory, into whose commits faults can be put. */
public class FaultyCatalog extends InMemoryCatalog {
    static final Schema SCHEMA = new Schema(Types.NestedField.required(1, "n", Types.LongType.get()));

    private final Deque<Consumer<Runnable>> faults = new ConcurrentLinkedDeque<>();

    public static FaultyCatalog fresh() {
        FaultyCatalog catalog = new FaultyCatalog();
        catalog.initialize("test", Map.of());
        catalog.createNamespace(Namespace.of("bronze"));
        return catalog;
    }

    Table create(TableIdentifier name) {
        return createTable(name, SCHEMA);
    }

    /** The next commit meets the fault, which makes it by running it, or not; a second one waits for the commit after. */
    public void next(Consumer<Runnable> fault) {
        faults.add(fault);
    }

    /** No commit meets a fault any more. */
    public void calm() {
        faults.clear();
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier name) {
        return new FaultyOperations(super.newTableOps(name), base -> base.isEmpty() ? null : faults.poll());
    }
}
