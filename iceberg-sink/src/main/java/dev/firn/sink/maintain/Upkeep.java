package dev.firn.sink.maintain;

import dev.firn.sink.commit.IcebergTableStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
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
    private final Clock clock;
    private final Map<TableIdentifier, Instant> removals = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "upkeep"));

    private Upkeep(IcebergTableStore store, Duration orphanAge, Clock clock) {
        this.store = store;
        this.removal = new OrphanRemoval(clock, orphanAge);
        this.clock = clock;
    }

    /** Begins, and goes on until it is closed. */
    public static Upkeep start(IcebergTableStore store, Duration orphanAge, Clock clock) {
        Upkeep upkeep = new Upkeep(store, orphanAge, clock);
        // instances that are started together don't go round together
        long first = ThreadLocalRandom.current().nextLong(ROUND.toMillis());
        var unused =
                upkeep.thread.scheduleWithFixedDelay(upkeep::round, first, ROUND.toMillis(), TimeUnit.MILLISECONDS);
        return upkeep;
    }

    private void round() {
        for (TableIdentifier table : store.tables()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            try {
                store.intact(table).ifPresent(loaded -> keep(table, loaded));
            } catch (RuntimeException | Error e) {
                // the top of the thread; catalog and storage each throw their own, and there is a next round
                LOG.info("Not kept in order this time table={} cause={}", table, e.toString());
                LOG.debug("Not kept in order this time table={}", table, e);
            }
        }
    }

    private void keep(TableIdentifier name, Table table) {
        ManifestMerge.run(table);
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
