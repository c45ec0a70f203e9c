package dev.firn.sink.maintain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.iceberg.Table;

/** What keeps tables in order, for tests of other packages. */
public final class Kept {
    private static final SpareMemory PLENTY = new SpareMemory(Long.MAX_VALUE, () -> 0);

    private Kept() {}

    /** Packs all that there is.
     *
     * @return why it ended early; empty if it did not
     */
    public static Optional<String> pack(Table table) {
        return pack(table, new ArrayList<>());
    }

    static Optional<String> pack(Table table, List<Upkept.Done> done) {
        table.refresh();
        Compaction compaction = new Compaction(PLENTY, Scratch.DEFAULT, Clock.systemUTC());
        Compaction.Plan plan = compaction.plan(table, MaintainSettings.DEFAULTS, true);
        return compaction.run(table, plan, Instant.MAX, Pace.unbroken(Clock.systemUTC()), () -> true, done::add);
    }

    /** What is done in one round beside ingestion: manifests are merged, files packed as far as it is worth it, at the pace of
     * the defaults.
     *
     * @param rest leaves the machine to others for a time
     * @return how many files were packed
     */
    public static int round(Table table, Consumer<Duration> rest) {
        table.refresh();
        ManifestMerge.run(table);
        table.refresh();
        Compaction compaction = new Compaction(PLENTY, Scratch.DEFAULT, Clock.systemUTC());
        Compaction.Plan plan = compaction.plan(table, MaintainSettings.DEFAULTS, false);
        Pace pace = new Pace(Clock.systemUTC(), MaintainSettings.DEFAULTS.workPercent(), rest);
        List<Upkept.Done> done = new ArrayList<>();
        var unused = compaction.run(table, plan, Instant.MAX, pace, () -> true, done::add);
        return done.stream().mapToInt(Upkept.Done::filesRead).sum();
    }

    /** The same without packing. */
    public static void merge(Table table) {
        table.refresh();
        ManifestMerge.run(table);
    }

    /** Removes what no snapshot refers to, however young. */
    public static void removeOrphans(Table table) {
        Instant later = Instant.now().plus(Duration.ofDays(4));
        new OrphanRemoval(Clock.fixed(later, ZoneOffset.UTC), Duration.ofDays(3)).run(table);
    }

    /** Expires all snapshots but the newest one that carries a ledger and what comes after. */
    public static void expire(Table table) {
        Instant later = Instant.now().plus(Duration.ofHours(1));
        new Expiry(Clock.fixed(later, ZoneOffset.UTC))
                .run(
                        table,
                        MaintainSettings.DEFAULTS.with(
                                "", Map.of("snapshots", "1", "snapshots-kept", "1", "snapshot-age", "0s")));
    }
}
