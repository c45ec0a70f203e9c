package dev.firn.sink.table;

import dev.firn.contract.Contract;
import dev.firn.serde.UndecodableException;
import java.util.List;
import java.util.Map;
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
    private final Set<TableIdentifier> existed = ConcurrentHashMap.newKeySet();
    private final Map<TableIdentifier, Seen> seen = new ConcurrentHashMap<>();
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
            existed.add(name);
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
            if (existed.contains(name)) {
                throw dropped(name);
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
        existed.remove(name);
        seen.remove(name);
    }

    /**
     * The table as this process has seen it lately, or as it is, or made by the layout: to be read only. Whoever commits what was written
     * for it looks at what it is by then.
     *
     * @throws NoSuchTableException as {@link #loadOrCreate} does
     */
    public Table lately(TableIdentifier name, TableLayout layout) {
        Seen last = seen.get(name);
        return last != null && last.isFresh() ? last.table() : loadOrCreate(name, layout);
    }

    /** The process has loaded or refreshed the table, or committed to it. */
    public void saw(TableIdentifier name, Table table) {
        seen.put(name, Seen.of(table));
    }

    /** What the process has seen is not the table any more. */
    public void outdate(TableIdentifier name) {
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

    /** Makes a table that rows were appended to so far one of rows with a key. One that has a key keeps it.
     *
     * @param table as it was seen
     * @return the table with a key
     */
    public Table adopt(TableIdentifier name, Table table, UpsertKey key) {
        if (UpsertKey.of(table.properties()).isPresent()) {
            return table;
        }
        Table now = existing(name);
        if (UpsertKey.of(now.properties()).isEmpty()) {
            UpdateProperties update = now.updateProperties();
            key.properties().forEach(update::set);
            update.commit();
            LOG.info("Upserts from now on table={} key={}", name, key.columns());
        }
        return now;
    }

    /** Notes in the table's properties that it takes but a part of the topic's records.
     *
     * @param table as it was seen
     * @return the table with the note
     */
    public Table share(TableIdentifier name, Table table, String topic) {
        if (SharedTopics.of(table).contains(topic)) {
            return table;
        }
        Table now = existing(name);
        Set<String> topics = new TreeSet<>(SharedTopics.of(now));
        if (topics.add(topic)) {
            now.updateProperties()
                    .set(SharedTopics.PROPERTY, String.join(",", topics))
                    .commit();
        }
        return now;
    }

    private Table existing(TableIdentifier name) {
        return load(name).orElseThrow(() -> dropped(name));
    }

    private static NoSuchTableException dropped(TableIdentifier name) {
        return new NoSuchTableException("The table %s was dropped", name);
    }

    private static void commit(Table table, List<SchemaChange> changes) {
        UpdateSchema update = table.updateSchema();
        changes.forEach(change -> change.addTo(update));
        update.commit();
    }
}
