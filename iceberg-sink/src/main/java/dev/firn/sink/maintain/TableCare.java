package dev.firn.sink.maintain;

import dev.firn.config.ConfigurationException;
import dev.firn.sink.commit.Lease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Pays off what tables have come to owe, once it is enough, while this instance has the {@link Lease}. Safe without it: whatever
 * two instances do at the same time, one of them loses. One thread at a time works, any may look.
 */
final class TableCare {
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Duration BETWEEN_PLANS = Duration.ofMinutes(5);
    /** So that other tables don't wait for long; what is left is found in the next round. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final Duration LONGEST_OF_ALL = Duration.ofMinutes(10);

    private final MaintainSettings defaults;
    private final Clock clock;
    private final Consumer<Duration> rest;
    private final Expiry expiry;
    private final Retention retention;
    private final Compaction compaction;
    private final String holder = UUID.randomUUID().toString();
    private final Map<TableIdentifier, Upkept> known = new ConcurrentHashMap<>();
    private final Map<TableIdentifier, Planned> plans = new ConcurrentHashMap<>();

    /** Begins.
     *
     * @param scratch for rows whose order changes
     * @param rest leaves the machine to others for a time
     */
    TableCare(MaintainSettings defaults, SpareMemory memory, Scratch scratch, Clock clock, Consumer<Duration> rest) {
        this.defaults = defaults;
        this.clock = clock;
        this.rest = rest;
        this.expiry = new Expiry(clock);
        this.retention = new Retention(clock);
        this.compaction = new Compaction(memory, scratch, clock);
    }

    /** How tables stand that were looked at. */
    Map<TableIdentifier, Upkept> known() {
        return Map.copyOf(known);
    }

    /** A table's manifests were read.
     *
     * @param commits that the table had had by then
     */
    private record Planned(Instant at, long commits) {
        boolean isOld(Instant now, long commitsNow, int enough) {
            return !now.isBefore(at.plus(BETWEEN_PLANS)) || commitsNow - commits >= enough;
        }
    }

    /** What is found to do by reading the table's manifests. */
    private record Found(Retention.Plan old, Compaction.Plan small) {
        static final Found NOTHING = new Found(Retention.Plan.NOTHING, Compaction.Plan.NOTHING);

        boolean isNothing() {
            return old.files().isEmpty() && small.groups().isEmpty();
        }
    }

    /** All that there is to do for a table, as it was loaded, and nothing more.
     *
     * @throws ConfigurationException names a property of the table that can't be read
     */
    Upkept.Debt debt(Table table) {
        MaintainSettings settings = defaults.of(table.properties());
        return debt(table, settings, find(table, settings, true));
    }

    private Upkept.Debt debt(Table table, MaintainSettings settings, Found found) {
        int snapshots = (int)
                StreamSupport.stream(table.snapshots().spliterator(), false).count();
        Compaction.Plan packed = found.small().packed();
        Compaction.Plan clustered = found.small().clustered();
        return new Upkept.Debt(
                snapshots,
                expiry.expirable(table, settings),
                packed.files(),
                packed.groups().size(),
                packed.bytes(),
                found.old().rows(),
                clustered.files(),
                clustered.bytes());
    }

    /** Does what is to be done for a table, which is refreshed.
     *
     * @param all whatever there is, even if it is not much
     * @throws RuntimeException whatever storage and catalog throw
     */
    void run(TableIdentifier name, Table table, boolean all) {
        MaintainSettings settings = defaults.of(table.properties());
        if (!settings.enabled() && !all) {
            note(name, it -> it.rests(Upkept.State.OFF, Upkept.Debt.NONE, now()));
            return;
        }
        Found found = isFindingDue(name, table, settings, all) ? find(table, settings, all) : Found.NOTHING;
        Upkept.Debt debt = debt(table, settings, found);
        if (found.isNothing() && !isExpiryDue(table, settings, all)) {
            note(name, it -> it.rests(Upkept.State.IDLE, debt, now()).because(refusal(table)));
        } else if (!Lease.take(table, holder, now(), LEASE)) {
            note(name, it -> it.rests(Upkept.State.ELSEWHERE, debt, now()));
        } else {
            note(name, it -> it.working(debt, now()));
            Optional<String> why = pay(name, table, settings, found, all);
            Upkept.Debt rest = debt(table, settings, Found.NOTHING);
            note(name, it -> it.rests(Upkept.State.IDLE, rest, now()).because(why.or(() -> refusal(table))));
        }
    }

    /** Why something is left out of what is done, though the table's properties ask for it. */
    private static Optional<String> refusal(Table table) {
        return ClusterBy.refusal(table).or(() -> Retention.refusal(table));
    }

    /** Not in every round: it reads the table's manifests. */
    private boolean isFindingDue(TableIdentifier name, Table table, MaintainSettings settings, boolean all) {
        long commits =
                table.currentSnapshot() == null ? 0 : table.currentSnapshot().sequenceNumber();
        Planned last = plans.get(name);
        if (!all && last != null && !last.isOld(now(), commits, settings.enough(table))) {
            return false;
        }
        plans.put(name, new Planned(now(), commits));
        return true;
    }

    private Found find(Table table, MaintainSettings settings, boolean all) {
        return new Found(retention.plan(table), compaction.plan(table, settings, all));
    }

    private boolean isExpiryDue(Table table, MaintainSettings settings, boolean all) {
        return all ? expiry.expirable(table, settings) > 0 : expiry.isDue(table, settings);
    }

    private Optional<String> pay(
            TableIdentifier name, Table table, MaintainSettings settings, Found found, boolean all) {
        Optional<String> why = drop(name, table, found.old()).or(() -> pack(name, table, settings, found, all));
        if (isExpiryDue(table, settings, all)) {
            Expiry.Expired expired = expiry.run(table, settings);
            note(name, it -> it.did(Upkept.Done.expired(expired.snapshots(), expired.files())));
        }
        return why;
    }

    private Optional<String> drop(TableIdentifier name, Table table, Retention.Plan old) {
        Optional<String> why = retention.run(table, old);
        if (why.isEmpty()) {
            note(name, it -> it.did(Upkept.Done.dropped(old.rows())));
        }
        return why;
    }

    private Optional<String> pack(
            TableIdentifier name, Table table, MaintainSettings settings, Found found, boolean all) {
        Compaction.Plan small = found.small();
        if (!found.old().files().isEmpty()) {
            table.refresh();
            small = compaction.plan(table, settings, all);
        }
        Instant until = now().plus(all ? LONGEST_OF_ALL : LONGEST);
        Optional<String> why = compaction.run(
                table,
                small,
                until,
                new Pace(clock, settings.workPercent(), rest),
                () -> Lease.take(table, holder, now(), LEASE),
                done -> note(name, it -> it.did(done)));
        if (now().isAfter(until)) {
            plans.remove(name);
        }
        return why;
    }

    /** It could not be done this time. */
    void failed(TableIdentifier name, Throwable cause) {
        note(name, it -> it.failed(cause.toString(), now()));
    }

    /** The table is gone. */
    void forget(TableIdentifier name) {
        known.remove(name);
        plans.remove(name);
    }

    private void note(TableIdentifier name, UnaryOperator<Upkept> change) {
        known.compute(
                name, (it, before) -> change.apply(Optional.ofNullable(before).orElseGet(() -> Upkept.unseen(name))));
    }

    private Instant now() {
        return clock.instant();
    }
}
