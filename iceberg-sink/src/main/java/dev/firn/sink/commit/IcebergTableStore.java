package dev.firn.sink.commit;

import dev.firn.sink.table.RecentFiles;
import dev.firn.sink.table.Tables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** The tables of an Iceberg catalog. Attempts on one table by one instance come one after the other. */
public final class IcebergTableStore implements TableStore {
    private static final int ATTEMPTS = 20;
    /** Of small files. */
    private static final long KEPT_BYTES = 32 << 20;

    private final Tables tables;
    private final Register register;
    private final Upserts upserts;
    private final String version;
    private final RecentFiles recent = new RecentFiles(KEPT_BYTES);
    private final Map<TableIdentifier, LoadedTable> loaded = new ConcurrentHashMap<>();

    /**
     * Commits in the name of a version of Firn.
     *
     * @param register knows the tables, and who alone may commit rejects
     * @param upserts for proposals that have keys
     * @param version goes into every snapshot's summary
     */
    public IcebergTableStore(Tables tables, Register register, Upserts upserts, String version) {
        this.tables = tables;
        this.register = register;
        this.upserts = upserts;
        this.version = version;
    }

    @Override
    public Ledger ledger(TableIdentifier name) {
        return loaded(name).use(table -> table.map(Ledgers::of).orElse(Ledger.EMPTY));
    }

    @Override
    public void expect(TableIdentifier name, Optional<UUID> id) {
        loaded(name).expect(id);
        if (id.isEmpty()) {
            tables.forget(name);
        }
    }

    @Override
    public Optional<UUID> id(TableIdentifier name) {
        return loaded(name).use(table -> table.map(Table::uuid));
    }

    /** The tables that this instance has had to do with. */
    public Set<TableIdentifier> tables() {
        return Set.copyOf(loaded.keySet());
    }

    /** The table as it is now, for the caller alone, whose commits give way to those of records; empty if there is none, or not the
     * one that was there before. Throws whatever the catalog throws while it can't be asked.
     */
    public Optional<Table> intact(TableIdentifier name) {
        try {
            Optional<UUID> known = id(name);
            return tables.load(
                            name,
                            own -> new YieldingOperations(own, loaded(name).way()))
                    .filter(table -> known.equals(Optional.of(table.uuid())));
        } catch (TableLostException e) {
            return Optional.empty();
        }
    }

    /** The table, whatever it is now. */
    Optional<Table> asItIs(TableIdentifier name) {
        return tables.load(name);
    }

    /** Commits a decision.
     *
     * @param decision makes of a ledger one that ends with the decision, or nothing
     * @param more properties that change with it
     * @return empty if there is nothing of the kind to decide
     * @throws NoSuchTableException if there is no such table
     */
    Optional<Decision> decide(
            TableIdentifier name, Function<Ledger, Optional<Ledger>> decision, Consumer<UpdateProperties> more) {
        Table table = tables.load(name).orElseThrow(() -> new NoSuchTableException("no table %s", name));
        return new DecisionCommit(table, decision, version).run(more);
    }

    @Override
    public Owners owners(TableIdentifier name) {
        return loaded(name)
                .use(table -> table.map(it -> Owners.in(it.properties())).orElse(Owners.NONE));
    }

    @Override
    public void own(TableIdentifier name, Map<RejectSource, String> owners) {
        for (int attempt = 1; ; attempt++) {
            try {
                loaded(name).use(table -> table.map(it -> set(it, owners)));
                return;
            } catch (PinnedOperations.BaseMoved e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static Owners set(Table table, Map<RejectSource, String> owners) {
        Owners all = Owners.in(table.properties()).plus(owners);
        PropertyCommit.set(table, Owners.PROPERTY, all.text());
        return all;
    }

    @Override
    public Claimed claim(TableIdentifier name, Advance advance) {
        try {
            return loaded(name)
                    .use(table -> table.map(it -> claim(name, it, advance))
                            .orElseGet(
                                    () -> new Claimed(new Outcome.Committed(OptionalLong.empty()), Optional.empty())));
        } catch (TableLostException e) {
            return new Claimed(new Outcome.Refused(String.valueOf(e.getMessage())), Optional.empty());
        } catch (PinnedOperations.BaseMoved e) {
            return new Claimed(new Outcome.Conflict(e), Optional.empty());
        } catch (RuntimeException e) {
            // catalogs and clients each throw their own; if it has arrived nevertheless, the next attempt sees it
            return new Claimed(new Outcome.Unknown(e), Optional.empty());
        }
    }

    private Claimed claim(TableIdentifier name, Table table, Advance advance) {
        Map<RejectSource, String> mine = advance.claims().owners();
        Owners owners = Owners.in(table.properties());
        Optional<String> refusal =
                owners.refusal(mine).or(() -> Ledgers.of(table).refusal(advance));
        if (refusal.isPresent()) {
            return new Claimed(new Outcome.Refused(refusal.get()), Optional.empty());
        }
        register.note(name, table.uuid());
        if (!owners.plus(mine).equals(owners)) {
            set(table, mine);
        }
        return new Claimed(new Outcome.Committed(OptionalLong.empty()), Optional.of(table.uuid()));
    }

    @Override
    public TableCommit prepare(TableIdentifier name, Proposal proposal) {
        Changes changes = proposal.keys().isEmpty() ? Changes.append(proposal) : upserts.changes(name, proposal);
        return new IcebergCommit(loaded(name), proposal, changes, register::owners, version);
    }

    @Override
    public void delete(TableIdentifier name, List<DataFile> files) {
        loaded(name).delete(table -> files.stream().map(DataFile::location).toList());
    }

    /** The table as it is now, empty if there is none. Throws as {@link #ledger} does. */
    public Optional<TableView> view(TableIdentifier name) {
        return loaded(name).use(table -> table.map(it -> TableView.of(name, it)));
    }

    private LoadedTable loaded(TableIdentifier name) {
        return loaded.computeIfAbsent(name, it -> new LoadedTable(tables, it, recent));
    }
}
