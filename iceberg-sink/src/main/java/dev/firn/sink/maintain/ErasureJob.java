package dev.firn.sink.maintain;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An erasure that goes through its tables, one after the other; a table that it fails at keeps it from no other. It shows whose
 * columns it looks at, and never the values, which it forgets when it has ended.
 */
public final class ErasureJob implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ErasureJob.class);

    /** How far it is, as a whole or with a table. */
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        /** Not all was done; what was not can be done again. */
        FAILED
    }

    /** How far it is with a table.
     *
     * @param found what there was, once it is done
     * @param failure what kind of thing went wrong
     */
    public record Progress(
            State state,
            Erasure.@Nullable Found found,
            @Nullable String failure) {
        private static final Progress WAITING = new Progress(State.WAITING, null, null);
        private static final Progress RUNNING = new Progress(State.RUNNING, null, null);
    }

    private final UUID id = UUID.randomUUID();
    private final Erasure erasure;
    private final Set<String> columns;
    private final boolean dryRun;
    private final Clock clock;
    private final Instant begun;
    private final Map<TableIdentifier, Progress> tables = new LinkedHashMap<>();
    private @Nullable Map<String, String> key;
    private @Nullable Instant ended;

    ErasureJob(Erasure erasure, Map<String, String> key, boolean dryRun, List<TableIdentifier> concerned, Clock clock) {
        this.erasure = erasure;
        this.key = Map.copyOf(key);
        this.columns = new TreeSet<>(key.keySet());
        this.dryRun = dryRun;
        this.clock = clock;
        this.begun = clock.instant();
        concerned.forEach(table -> tables.put(table, Progress.WAITING));
    }

    @Override
    public void run() {
        try {
            tables().keySet().forEach(this::run);
        } finally {
            end();
        }
    }

    private void run(TableIdentifier table) {
        set(table, Progress.RUNNING);
        set(table, outcome(table));
    }

    private Progress outcome(TableIdentifier table) {
        if (Thread.currentThread().isInterrupted()) {
            return new Progress(State.FAILED, null, "the process ends");
        }
        try {
            return new Progress(State.DONE, erasure.run(table, key(), dryRun), null);
        } catch (RuntimeException e) {
            // the top of the thread; catalogs and storage each throw their own, with values in it where they are in
            // paths
            LOG.warn("Not erased table={} cause={}", table, e.getClass().getName());
            return new Progress(State.FAILED, null, e.getClass().getSimpleName());
        }
    }

    private synchronized void set(TableIdentifier table, Progress progress) {
        tables.put(table, progress);
    }

    private synchronized void end() {
        key = null;
        ended = clock.instant();
    }

    synchronized Map<String, String> key() {
        return key == null ? Map.of() : key;
    }

    synchronized boolean is(Map<String, String> other, boolean dry) {
        return other.equals(key) && dryRun == dry;
    }

    synchronized boolean isRunning() {
        return ended == null;
    }

    public UUID id() {
        return id;
    }

    public Set<String> columns() {
        return Set.copyOf(columns);
    }

    public boolean isDryRun() {
        return dryRun;
    }

    public Instant begun() {
        return begun;
    }

    /** Empty while it runs. */
    public synchronized Optional<Instant> ended() {
        return Optional.ofNullable(ended);
    }

    /** Of each table that has the columns. */
    public synchronized Map<TableIdentifier, Progress> tables() {
        return new LinkedHashMap<>(tables);
    }

    public synchronized State state() {
        if (ended == null) {
            return State.RUNNING;
        }
        return tables.values().stream().allMatch(table -> table.state() == State.DONE) ? State.DONE : State.FAILED;
    }
}
