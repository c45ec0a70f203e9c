package dev.firn.sink.maintain;

import dev.firn.sink.commit.IcebergTableStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes round the tables that this process commits to, in a thread of its own, and keeps them in order. */
public final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration ROUND = Duration.ofMinutes(1);
    private static final Duration BETWEEN_REMOVALS = Duration.ofHours(24);

    private final IcebergTableStore store;
    private final OrphanRemoval removal;
    private final TableCare care;
    private final Clock clock;
    private final Map<TableIdentifier, Instant> removals = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "upkeep"));

    private Upkeep(
            IcebergTableStore store,
            Duration orphanAge,
            MaintainSettings settings,
            SpareMemory memory,
            Path scratch,
            Clock clock) {
        this.store = store;
        this.care = new TableCare(settings, memory, new Scratch(scratch), clock, Upkeep::rest);
        this.removal = new OrphanRemoval(clock, orphanAge);
        this.clock = clock;
    }

    /** Begins, and goes on until it is closed.
     *
     * @param scratch where rows are whose order changes, until they are written
     */
    public static Upkeep start(
            IcebergTableStore store,
            Duration orphanAge,
            MaintainSettings settings,
            SpareMemory memory,
            Path scratch,
            Clock clock) {
        Upkeep upkeep = new Upkeep(store, orphanAge, settings, memory, scratch, clock);
        // instances that are started together don't go round together
        long first = ThreadLocalRandom.current().nextLong(ROUND.toMillis());
        var unused =
                upkeep.thread.scheduleWithFixedDelay(upkeep::round, first, ROUND.toMillis(), TimeUnit.MILLISECONDS);
        return upkeep;
    }

    private static void rest(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        for (TableIdentifier table : store.tables()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            guarded(table, loaded -> keep(table, loaded));
        }
    }

    private void guarded(TableIdentifier table, Consumer<Table> work) {
        try {
            store.intact(table).ifPresentOrElse(work, () -> care.forget(table));
        } catch (RuntimeException | Error e) {
            // the top of the thread; catalog and storage each throw their own, and there is a next round
            care.failed(table, e);
            LOG.info("Not kept in order this time table={} cause={}", table, e.toString());
            LOG.debug("Not kept in order this time table={}", table, e);
        }
    }

    /** How the tables stand that this process keeps in order. */
    public Collection<Upkept> tables() {
        return care.known().values();
    }

    /** What there is to do for a table; empty if there is no such table. Throws what the catalog throws. */
    public Optional<Upkept.Debt> debt(TableIdentifier table) {
        return store.intact(table).map(care::debt);
    }

    /** Has everything done for a table that there is to do, soon. */
    public void request(TableIdentifier table) {
        thread.execute(() -> guarded(table, loaded -> care.run(table, loaded, true)));
    }

    private void keep(TableIdentifier name, Table table) {
        ManifestMerge.run(table);
        care.run(name, table, false);
        Instant now = clock.instant();
        Instant due = removals.computeIfAbsent(name, it -> now.plus(someTime()));
        if (!now.isBefore(due)) {
            removals.put(name, now.plus(BETWEEN_REMOVALS));
            removal.run(table);
        }
    }

    /** So that not all tables, nor all instances, are at it together. */
    private static Duration someTime() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(BETWEEN_REMOVALS.toMillis() / 24));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
