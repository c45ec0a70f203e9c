package dev.firn.sink.maintain;

import dev.firn.sink.commit.Ledgers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Which snapshots a table can do without. Each branch keeps its newest ones, back to one that carries a ledger, so that wherever
 * the table is rolled back to, its ledger is there; tags keep theirs; and what belongs to neither is kept for its time.
 */
final class Expirable {
    /** Nothing that is younger, however many there are: readers are at work on it, and windows are as old. */
    private static final Duration YOUNG = Duration.ofMinutes(10);

    private final Table table;
    private final MaintainSettings settings;
    private final Instant now;
    private final Set<Long> kept = new HashSet<>();
    /** Part of some branch's history, kept or not. */
    private final Set<Long> led = new HashSet<>();

    private Expirable(Table table, MaintainSettings settings, Instant now) {
        this.table = table;
        this.settings = settings;
        this.now = now;
    }

    /** Of the table as it was loaded or last refreshed, oldest first. */
    static List<Snapshot> of(Table table, MaintainSettings settings, Instant now) {
        return new Expirable(table, settings, now).find();
    }

    private List<Snapshot> find() {
        Collection<SnapshotRef> refs = table.refs().values();
        refs.forEach(ref -> kept.add(ref.snapshotId()));
        refs.stream().filter(SnapshotRef::isBranch).forEach(this::keep);
        Instant stray = now.minus(settings.snapshotAge());
        snapshots()
                .filter(snapshot -> !led.contains(snapshot.snapshotId()) && !isBefore(snapshot, stray))
                .forEach(snapshot -> kept.add(snapshot.snapshotId()));
        keepPicked();
        return snapshots()
                .filter(snapshot -> !kept.contains(snapshot.snapshotId()))
                .toList();
    }

    private Stream<Snapshot> snapshots() {
        return StreamSupport.stream(table.snapshots().spliterator(), false);
    }

    private void keep(SnapshotRef branch) {
        List<Snapshot> history = new ArrayList<>();
        SnapshotUtil.ancestorsOf(branch.snapshotId(), table::snapshot).forEach(history::add);
        history.forEach(snapshot -> led.add(snapshot.snapshotId()));
        history.subList(0, backToALedger(history, count(branch, history)))
                .forEach(snapshot -> kept.add(snapshot.snapshotId()));
    }

    private int count(SnapshotRef branch, List<Snapshot> history) {
        long age = Objects.requireNonNullElse(
                branch.maxSnapshotAgeMs(), settings.snapshotAge().toMillis());
        int least = Objects.requireNonNullElse(branch.minSnapshotsToKeep(), settings.snapshotsKept());
        int most = Math.max(least, settings.snapshots());
        Instant old = now.minusMillis(age);
        Instant young = now.minus(YOUNG);
        int count = 0;
        while (count < history.size()
                && (count < least
                        || !isBefore(history.get(count), young)
                        || (count < most && !isBefore(history.get(count), old)))) {
            count++;
        }
        return count;
    }

    /** As many, or, where the last of them carries no ledger and an older one does, up to that one. */
    private static int backToALedger(List<Snapshot> history, int count) {
        for (int i = Math.max(0, count - 1); i < history.size(); i++) {
            if (history.get(i).summary().containsKey(Ledgers.LEDGER)) {
                return i + 1;
            }
        }
        return count;
    }

    /** Of what was cherry-picked, the source says which offsets came with it. */
    private void keepPicked() {
        List.copyOf(kept).forEach(id -> {
            Snapshot snapshot = table.snapshot(id);
            String source = snapshot == null ? null : snapshot.summary().get(SnapshotSummary.SOURCE_SNAPSHOT_ID_PROP);
            if (source != null) {
                kept.add(Long.parseLong(source));
            }
        });
    }

    private static boolean isBefore(Snapshot snapshot, Instant time) {
        return snapshot.timestampMillis() < time.toEpochMilli();
    }
}
