package dev.firn.sink.commit;

import dev.firn.sink.table.BranchOperations;
import dev.firn.sink.table.Tables;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of an Iceberg catalog. Attempts on one table by one instance come one after the other. */
public final class IcebergTableStore implements TableStore {
    private static final Logger LOG = LoggerFactory.getLogger(IcebergTableStore.class);

    private static final int ATTEMPTS = 20;

    private final Tables tables;
    private final Register register;
    private final Upserts upserts;
    private final String version;
    private final Map<TableIdentifier, Loaded> loaded = new ConcurrentHashMap<>();

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

    /** The table as it is now, for the caller alone; empty if there is none, or not the one that was there before. Throws
     * whatever the catalog throws while it can't be asked.
     */
    public Optional<Table> intact(TableIdentifier name) {
        try {
            Optional<UUID> known = id(name);
            return tables.load(name).filter(table -> known.equals(Optional.of(table.uuid())));
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
        Loaded owner = loaded(name);
        owner.delete(table -> files.stream().map(DataFile::location).toList());
    }

    /** The table as it is now, empty if there is none. Throws as {@link #ledger} does. */
    public Optional<TableView> view(TableIdentifier name) {
        return loaded(name).use(table -> table.map(it -> TableView.of(name, it)));
    }

    private Loaded loaded(TableIdentifier name) {
        return loaded.computeIfAbsent(name, Loaded::new);
    }

    /** A table that is loaded once, then refreshed, so that what did not change is not read again. */
    final class Loaded {
        private final TableIdentifier name;
        private final ReentrantLock lock = new ReentrantLock();
        private Optional<Table> table = Optional.empty();
        private Optional<UUID> known = Optional.empty();

        private Loaded(TableIdentifier name) {
            this.name = name;
        }

        /** Calls with the table as the catalog has it now, empty if there is none yet.
         *
         * @throws TableLostException if it is not the one that was there before
         */
        <T> T use(TableUse<T> use) {
            lock.lock();
            try {
                return use.with(current());
            } finally {
                lock.unlock();
            }
        }

        void expect(Optional<UUID> id) {
            lock.lock();
            try {
                known = id;
            } finally {
                lock.unlock();
            }
        }

        /** The id of the table that this instance goes by; empty if it has seen none. */
        Optional<UUID> known() {
            lock.lock();
            try {
                return known;
            } finally {
                lock.unlock();
            }
        }

        /** Asks the catalog for the table anew next time, where a refresh might not notice that it is gone. */
        void reload() {
            table = Optional.empty();
        }

        /** Deletes files that no snapshot refers to. What can't be deleted now is left behind. */
        void delete(Function<Table, Collection<String>> unreferenced) {
            try {
                use(table -> table.map(it -> delete(it, unreferenced.apply(it))).orElse(0));
            } catch (RuntimeException e) {
                // the storage's or the catalog's own, whatever it is
                LOG.warn("Left unreferenced files behind table={}", name, e);
            }
        }

        private int delete(Table table, Collection<String> paths) {
            paths.forEach(table.io()::deleteFile);
            return paths.size();
        }

        private Optional<Table> current() {
            table = refreshed().or(() -> tables.load(name));
            requireSame();
            return table;
        }

        private Optional<Table> refreshed() {
            try {
                table.ifPresent(Table::refresh);
                return table;
            } catch (RuntimeException e) {
                // each catalog throws its own for a table that is another one now; loading it anew tells what it is
                return Optional.empty();
            }
        }

        private void requireSame() {
            if (table.isEmpty() && known.isPresent()) {
                throw TableLostException.dropped(name);
            }
            table.ifPresent(now -> {
                UUID was = known.orElse(now.uuid());
                if (!was.equals(now.uuid())) {
                    throw TableLostException.replaced(name, "its id was " + was + ", it is " + now.uuid());
                }
                BranchOperations.refusal(now).ifPresent(why -> {
                    throw TableLostException.branch(name, why);
                });
                if (Ledgers.isReplaced(now)) {
                    throw TableLostException.replaced(name, "its ledger is not in its history any more");
                }
                Ledgers.lost(now).ifPresent(why -> {
                    throw TableLostException.ledger(name, why);
                });
                known = Optional.of(was);
            });
        }

        @Override
        public String toString() {
            return name.toString();
        }
    }

    /** What to do with a table while no other thread of this instance commits to it. */
    interface TableUse<T> {
        T with(Optional<Table> table);
    }
}
