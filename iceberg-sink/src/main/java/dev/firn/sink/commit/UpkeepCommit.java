package dev.firn.sink.commit;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.util.SnapshotUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A commit that changes in which files rows are, or removes some on purpose, and adds none. It carries the ledger on, and gives way to everything that it does not
 * fit: to a table that was rolled back since, to files that are gone, to deletes that it does not know. For one thread.
 */
public final class UpkeepCommit {
    /** In a snapshot's summary: the same through all attempts of such a commit. */
    public static final String ID = "firn.upkeep-id";

    private static final Logger LOG = LoggerFactory.getLogger(UpkeepCommit.class);
    private static final int ATTEMPTS = 10;
    /** So often an answer may be lost. */
    private static final int UNANSWERED = 3;

    private final Table table;
    private final Snapshot read;
    private final Instant begin;
    private final Collection<String> files;
    private final String id = UUID.randomUUID().toString();
    /** Manifests, manifest lists and delete files of all attempts. */
    private final Set<String> written = ConcurrentHashMap.newKeySet();

    private long removes;
    private boolean unsure;

    /** Begins.
     *
     * @param read the snapshot whose rows were copied
     * @param begin when the first of the files was begun
     * @param files that were written, and are deleted if they can't come into the table
     */
    public UpkeepCommit(Table table, Snapshot read, Instant begin, Collection<String> files) {
        this.table = table;
        this.read = read;
        this.begin = begin;
        this.files = files;
    }

    /** Says that it removes so many rows on purpose. */
    public UpkeepCommit removing(long rows) {
        removes = rows;
        return this;
    }

    /** What is to be committed, made anew for each base. */
    public interface Change {
        /**
         * Made for the base.
         *
         * @param base nobody else changes it
         * @param name no other attempt has
         */
        SnapshotUpdate<?> on(Table base, String name);
    }

    /** Commits, unless it can't be.
     *
     * @return why it could not be; empty if the table holds it now
     * @throws RuntimeException whatever storage and catalog throw. It may have arrived then, and nothing is deleted
     */
    public Optional<String> run(Change change) {
        Tried tried = Tried.AGAIN;
        int attempts = 0;
        while (!tried.isOver() && attempts < ATTEMPTS) {
            table.refresh();
            attempts++;
            tried = attempts > 1 && isHeld() ? Tried.DONE : attempt(change, attempts);
        }
        if (attempts > 1 || tried.refusal().isPresent()) {
            clear(tried.refusal().isPresent());
        }
        return tried.refusal();
    }

    private record Tried(boolean isOver, Optional<String> refusal) {
        static final Tried DONE = new Tried(true, Optional.empty());
        static final Tried AGAIN = new Tried(false, Optional.of("others were faster, each time"));

        static Tried refused(String why) {
            return new Tried(true, Optional.of(why));
        }
    }

    /** Whether an attempt has arrived, whatever its answer was: a client that sends it again is told that another was faster. */
    private boolean isHeld() {
        return StreamSupport.stream(table.snapshots().spliterator(), false)
                .anyMatch(snapshot -> id.equals(snapshot.summary().get(ID)));
    }

    private Tried attempt(Change change, int attempt) {
        PinnedOperations pinned = PinnedOperations.of(table, written);
        Table base = new BaseTable(pinned, table.name());
        Optional<String> refusal = refusal(base);
        if (refusal.isPresent()) {
            return Tried.refused(refusal.get());
        }
        try {
            SnapshotUpdate<?> update = change.on(base, id + "-" + attempt);
            Ledgers.carry(update, base, removes);
            update.set(ID, id);
            update.scanManifestsWith(CallersThread.EXECUTOR);
            update.commit();
            return Tried.DONE;
        } catch (ValidationException e) {
            return Tried.refused(String.valueOf(e.getMessage()));
        } catch (PinnedOperations.BaseMoved e) {
            LOG.debug("Others were faster table={} attempt={}", table.name(), attempt, e);
            return Tried.AGAIN;
        } catch (RuntimeException e) {
            // whatever it says: once the catalog was asked, only the table itself can tell what came of it
            if (!pinned.sent() || attempt > UNANSWERED) {
                throw e;
            }
            unsure = true;
            return Tried.AGAIN;
        }
    }

    private Optional<String> refusal(Table base) {
        Snapshot current = base.currentSnapshot();
        if (current == null || !SnapshotUtil.isAncestorOf(base, current.snapshotId(), read.snapshotId())) {
            return Optional.of("the table was rolled back since");
        }
        return AgeFence.in(base.properties()).refusal(begin);
    }

    /** What was written and is in no snapshot, unless some attempt may still arrive. */
    private void clear(boolean withFiles) {
        if (unsure) {
            return;
        }
        Set<String> rest = new HashSet<>(written);
        if (withFiles) {
            rest.addAll(files);
        }
        try {
            table.refresh();
            References.since(read.sequenceNumber(), table).without(rest, true).forEach(table.io()::deleteFile);
        } catch (RuntimeException e) {
            // the storage's or the catalog's own, whatever it is; what is left is removed by age
            LOG.info("Left unreferenced files behind table={} cause={}", table.name(), e.toString());
        }
    }
}
