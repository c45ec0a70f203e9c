package dev.firn.sink.commit;

import dev.firn.sink.table.BranchOperations;
import dev.firn.sink.table.RecentFiles;
import dev.firn.sink.table.Tables;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table that is loaded once, then refreshed, so that what did not change is not read again. Safe for use by many threads:
 * one at a time has it.
 */
final class LoadedTable {
    private static final Logger LOG = LoggerFactory.getLogger(LoadedTable.class);

    /** A catalog may give out access to storage with a table, which runs out; none does so in less than a quarter of an hour. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Tables tables;
    private final TableIdentifier name;
    private final ReentrantLock lock = new ReentrantLock();
    private final RightOfWay way = new RightOfWay();
    private final RecentFiles recent;
    private Optional<Table> table = Optional.empty();
    private long loadedAt;
    private Optional<UUID> known = Optional.empty();

    LoadedTable(Tables tables, TableIdentifier name, RecentFiles recent) {
        this.tables = tables;
        this.name = name;
        this.recent = recent;
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

    /** Where commits of records go first. */
    RightOfWay way() {
        return way;
    }

    /** What small files hold that were written with a commit. */
    RecentFiles recent() {
        return recent;
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

    /** What files are to be written for is another by a commit. */
    void outdate() {
        tables.outdate(name);
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
        table = refreshed().or(this::load);
        requireSame();
        table.ifPresent(now -> tables.saw(name, now));
        return table;
    }

    private Optional<Table> load() {
        loadedAt = System.nanoTime();
        return tables.load(name);
    }

    private Optional<Table> refreshed() {
        if (System.nanoTime() - loadedAt > LONGEST.toNanos()) {
            return Optional.empty();
        }
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

    /** What to do with a table while no other thread of this instance commits to it. */
    interface TableUse<T> {
        T with(Optional<Table> table);
    }
}
