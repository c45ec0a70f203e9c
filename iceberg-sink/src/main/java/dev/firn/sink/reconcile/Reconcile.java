package dev.firn.sink.reconcile;

import dev.firn.registry.SchemaRegistry;
import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.Span;
import dev.firn.sink.decode.WriterSchemas;
import dev.firn.sink.table.BranchOperations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Proves that each record up to the ledgers' ends is in its table or in quarantine exactly once: it reads the ledgers,
 * the coordinates of all rows, and the topics; for upsert tables, that the newest version of each key is, and no other. It
 * only reads, and may run while the sink does. It takes one bit or less of memory per record, up to 200 bytes per key of
 * upsert tables.
 */
public final class Reconcile {
    private final Catalog catalog;
    private final SourceLog log;
    private final Optional<WriterSchemas> schemas;
    private final TableIdentifier quarantineTable;

    /**
     * Wires what is compared.
     *
     * @param registry tells the schemas of upsert tables' records; where there is none, such tables have a fault
     * @param quarantineTable holds the records of any table that could not go in; it need not exist
     */
    public Reconcile(
            Catalog catalog, SourceLog log, Optional<SchemaRegistry> registry, TableIdentifier quarantineTable) {
        this.catalog = catalog;
        this.log = log;
        this.schemas = registry.map(WriterSchemas::new);
        this.quarantineTable = quarantineTable;
    }

    /** Every table of a catalog, in nested namespaces, too.
     *
     * @throws IllegalArgumentException if the catalog does not list its namespaces
     */
    public static List<TableIdentifier> allTables(Catalog catalog) {
        List<TableIdentifier> tables = new ArrayList<>();
        if (!(catalog instanceof SupportsNamespaces namespaces)) {
            throw new IllegalArgumentException("the catalog does not list its namespaces: tables have to be named");
        }
        addTables(catalog, namespaces, Namespace.empty(), tables);
        tables.sort(Comparator.comparing(TableIdentifier::toString));
        return tables;
    }

    private static void addTables(
            Catalog catalog, SupportsNamespaces namespaces, Namespace parent, List<TableIdentifier> tables) {
        for (Namespace namespace : namespaces.listNamespaces(parent)) {
            tables.addAll(catalog.listTables(namespace));
            addTables(catalog, namespaces, namespace, tables);
        }
    }

    /** Compares these tables; those without a ledger are only named. */
    public Report run(List<TableIdentifier> tables) {
        List<TableState> states = new ArrayList<>(tables.stream()
                .filter(table -> !table.equals(quarantineTable))
                .map(this::load)
                .toList());
        // the sink commits quarantine first, so what is loaded last holds all that the ledgers above count on
        Optional<TableState> quarantine =
                catalog.tableExists(quarantineTable) ? Optional.of(load(quarantineTable)) : Optional.empty();
        if (tables.contains(quarantineTable)) {
            quarantine.ifPresent(states::add);
        }
        QuarantinedRows quarantined = quarantine
                .map(TableState::table)
                .filter(QuarantinedRows::canScan)
                .map(QuarantinedRows::scan)
                .orElse(QuarantinedRows.NONE);
        return compare(states, quarantined);
    }

    private TableState load(TableIdentifier table) {
        return TableState.of(table.toString(), BranchOperations.over(catalog.loadTable(table)));
    }

    private Report compare(List<TableState> states, QuarantinedRows quarantined) {
        Map<TableState, NewestVersions> newest = new HashMap<>();
        schemas.ifPresent(known -> states.stream()
                .filter(state -> state.key().isPresent())
                .forEach(state -> newest.put(state, new NewestVersions(state, quarantined, known))));
        SourceRecords records = SourceRecords.read(log, widestSpans(states), newest.values());
        List<SourceReport> sources = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        List<String> withoutLedger = new ArrayList<>();
        Map<TableState, HeldRows> rows = new LinkedHashMap<>();
        for (TableState state : states) {
            if (state.isReplaced()) {
                faults.add(state.name() + ": had a ledger, and was replaced by a table without one");
            } else if (state.lost().isPresent()) {
                faults.add(state.name() + ": " + state.lost().get());
            } else if (!state.hasLedger()) {
                withoutLedger.add(state.name());
            } else if (!HeldRows.canScan(state.table())) {
                faults.add(state.name() + ": has a ledger, but no columns that say where its rows came from");
            } else if (state.key().isPresent() && schemas.isEmpty()) {
                faults.add(state.name() + ": its records' keys can't be told without a schema registry");
            } else {
                rows.put(state, HeldRows.scan(state.table()));
            }
        }
        rows.keySet()
                .forEach(state -> compare(
                        state, rows, quarantined, records, Optional.ofNullable(newest.get(state)), sources, faults));
        return new Report(sources, faults, withoutLedger);
    }

    private void compare(
            TableState state,
            Map<TableState, HeldRows> tables,
            QuarantinedRows quarantined,
            SourceRecords records,
            Optional<NewestVersions> newest,
            List<SourceReport> sources,
            List<String> faults) {
        HeldRows rows = Objects.requireNonNull(tables.get(state));
        Function<Source, OtherShares> others = source -> OtherShares.of(state, source, tables, quarantined);
        boolean isQuarantine = state.name().equals(quarantineTable.toString());
        sources.addAll(state.check(rows, isQuarantine ? QuarantinedRows.NONE : quarantined, others, records, newest));
        faults.addAll(state.rangeFaults());
        faults.addAll(state.keyFaults());
        faults.addAll(state.strangers(rows));
        if (isQuarantine) {
            faults.addAll(state.rejectFaults(quarantined));
        }
    }

    private static Map<Source, Span> widestSpans(List<TableState> states) {
        Map<Source, Span> spans = new HashMap<>();
        for (TableState state : states) {
            state.ledger()
                    .held()
                    .forEach((source, span) -> spans.merge(
                            source,
                            span,
                            (a, b) -> new Span(Math.min(a.start(), b.start()), Math.max(a.end(), b.end()))));
        }
        return spans;
    }
}
