package dev.firn.sink.maintain;

import dev.firn.sink.commit.AgeFence;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Expires snapshots, and deletes what only they referred to.
 *
 * <p>In one commit, on the base that the snapshots were chosen on, the {@link AgeFence} is raised to the newest of them: after it
 * no frozen writer can bring files again that a rollback has put out of the history and that are deleted now. Deleting comes
 * after; what dies in between leaves orphans.
 */
final class Expiry {
    private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);
    private static final int ATTEMPTS = 5;
    /** Of how many there may be: so many have to come together before it is worth a commit. */
    private static final int SHARE = 4;

    private final Clock clock;

    Expiry(Clock clock) {
        this.clock = clock;
    }

    /** What came of it.
     *
     * @param files that were deleted
     */
    record Expired(int snapshots, int files) {
        static final Expired NOTHING = new Expired(0, 0);
    }

    /** Whether so many have come together that it is worth a commit, which is a snapshot, too. */
    boolean isDue(Table table, MaintainSettings settings) {
        int count = expirable(table, settings);
        long all = StreamSupport.stream(table.snapshots().spliterator(), false).count();
        return count > 1 && count >= Math.min(settings.snapshots(), all) / SHARE;
    }

    /** How many snapshots the table can do without. */
    int expirable(Table table, MaintainSettings settings) {
        return settings.expire()
                ? Expirable.of(table, settings, clock.instant()).size()
                : 0;
    }

    /** Does it to the table given, which is refreshed.
     *
     * @throws RuntimeException whatever storage and catalog throw
     */
    Expired run(Table table, MaintainSettings settings) {
        return expire(table, () -> Expirable.of(table, settings, clock.instant()));
    }

    /** Expires these snapshots of the table given, which is refreshed before they are chosen.
     *
     * @param chosen none that a branch or tag names
     * @throws RuntimeException whatever storage and catalog throw
     */
    static Expired expire(Table table, Supplier<List<Snapshot>> chosen) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            table.refresh();
            List<Snapshot> expired = chosen.get();
            if (expired.isEmpty()) {
                return Expired.NOTHING;
            }
            if (fence(expired).raiseWith(table, transaction -> remove(transaction, expired))) {
                return clean(table, expired);
            }
        }
        LOG.info("Snapshots are left for later: others were faster table={}", table.name());
        return Expired.NOTHING;
    }

    /** Whatever a snapshot refers to was begun before it was made, by the clock of the same writer. */
    private static AgeFence fence(List<Snapshot> expired) {
        long newest =
                expired.stream().mapToLong(Snapshot::timestampMillis).max().orElse(0);
        return new AgeFence(Instant.ofEpochMilli(newest + 1));
    }

    private static void remove(Transaction transaction, List<Snapshot> expired) {
        // by id and nothing else: what Iceberg would choose is older than the beginning
        ExpireSnapshots expire =
                transaction.expireSnapshots().expireOlderThan(0).cleanupLevel(ExpireSnapshots.CleanupLevel.NONE);
        expired.forEach(snapshot -> expire.expireSnapshotId(snapshot.snapshotId()));
        expire.commit();
    }

    private static Expired clean(Table table, List<Snapshot> expired) {
        table.refresh();
        int files = Unreachable.delete(table, expired);
        LOG.info("Expired table={} snapshots={} files_deleted={}", table.name(), expired.size(), files);
        return new Expired(expired.size(), files);
    }
}
