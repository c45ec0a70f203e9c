package dev.firn.sink.table;

import dev.firn.contract.Contract;
import dev.firn.serde.UndecodableException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A catalog's tables. Several instances may do the same at the same time: each gets the same table. Safe for use by many
 * threads as far as the catalog is. What the catalog throws while it can't be reached passes through. Tables that name a
 * {@link WorkingBranch} are as that branch has them.
 */
public final class Tables {
    private static final Logger LOG = LoggerFactory.getLogger(Tables.class);
    private static final int ATTEMPTS = 10;

    private final Catalog catalog;
    private final Set<TableIdentifier> seen = ConcurrentHashMap.newKeySet();
    private final Set<TableIdentifier> noted = ConcurrentHashMap.newKeySet();

    public Tables(Catalog catalog) {
        this.catalog = catalog;
    }

    public Optional<Table> load(TableIdentifier name) {
        return load(name, UnaryOperator.identity());
    }

    /** The same, for what commits by operations of its own. */
    public Optional<Table> load(TableIdentifier name, UnaryOperator<TableOperations> by) {
        try {
            Table table = BranchOperations.over(catalog.loadTable(name), by);
            seen.add(name);
            return Optional.of(table);
        } catch (NoSuchTableException e) {
            return Optional.empty();
        }
    }

    /** The table as it is, or made by the layout, with its namespace, if there never was one.
     *
     * @throws NoSuchTableException if it was there before: whoever dropped it says what is to be done
     */
    public Table loadOrCreate(TableIdentifier name, TableLayout layout) {
        return load(name).orElseGet(() -> {
            if (seen.contains(name)) {
                throw new NoSuchTableException("The table %s was dropped", name);
            }
            return create(name, layout);
        });
    }

    /** Says once of a table that it can't have the partitioning that it should have, if so. */
    public void noteImpossible(TableIdentifier name, Repartitioning wanted, TableShape shape) {
        if (wanted.isImpossible(shape) && noted.add(name)) {
            LOG.warn("No column, or none of a fitting type, for all of partitioning={} table={}", wanted, name);
        }
    }

    /** Takes a table that was dropped for one that never was. */
    public void forget(TableIdentifier name) {
        seen.remove(name);
    }

    private Table create(TableIdentifier name, TableLayout layout) {
        createNamespace(name.namespace());
        try {
            Table table = catalog.buildTable(name, layout.schema())
                    .withPartitionSpec(layout.spec())
                    .withSortOrder(layout.sortOrder())
                    .withProperties(layout.properties())
                    .create();
            LOG.info("Created table={} partitioning={}", name, table.spec());
            return BranchOperations.over(table);
        } catch (AlreadyExistsException e) {
            LOG.debug("Another instance created table={}", name);
            return BranchOperations.over(catalog.loadTable(name));
        }
    }

    /** One at a time: catalogs don't agree on what the second of two creations at the same moment throws. */
    private synchronized void createNamespace(Namespace namespace) {
        if (catalog instanceof SupportsNamespaces namespaces && !namespaces.namespaceExists(namespace)) {
            try {
                namespaces.createNamespace(namespace);
            } catch (AlreadyExistsException e) {
                LOG.debug("Another instance created namespace={}", namespace);
            }
        }
    }

    /** Changes the table so that it takes records of the contract, too. The table given is refreshed.
     *
     * @return whether anything changed by this call
     * @throws UndecodableException INCOMPATIBLE_SCHEMA, if it can't be done
     */
    public boolean evolve(Table table, Contract contract, TableKind kind) {
        for (int attempt = 1; ; attempt++) {
            table.refresh();
            List<SchemaChange> changes = Evolution.of(TableShape.of(table), contract, kind);
            if (changes.isEmpty()) {
                return false;
            }
            try {
                commit(table, changes);
                LOG.info(
                        "Evolved table={} schema={} changes={}",
                        table.name(),
                        table.schema().schemaId(),
                        changes);
                return true;
            } catch (CommitFailedException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.debug("Another writer changed table={} attempt={}", table.name(), attempt);
            }
        }
    }

    /** Makes a table that rows were appended to so far one of rows with a key. One that has a key keeps it. */
    public void adopt(Table table, UpsertKey key) {
        if (UpsertKey.of(table.properties()).isEmpty()) {
            UpdateProperties update = table.updateProperties();
            key.properties().forEach(update::set);
            update.commit();
            LOG.info("Upserts from now on table={} key={}", table.name(), key.columns());
        }
    }

    /** Notes in the table's properties that it takes but a part of the topic's records. */
    public void share(Table table, String topic) {
        Set<String> topics = new TreeSet<>(SharedTopics.of(table));
        if (topics.add(topic)) {
            table.updateProperties()
                    .set(SharedTopics.PROPERTY, String.join(",", topics))
                    .commit();
        }
    }

    private static void commit(Table table, List<SchemaChange> changes) {
        UpdateSchema update = table.updateSchema();
        changes.forEach(change -> change.addTo(update));
        update.commit();
    }
}
