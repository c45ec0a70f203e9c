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

    private final MaintainSettings defaults;
    private final Clock clock;
    private final Expiry expiry;
    private final String holder = UUID.randomUUID().toString();
    private final Map<TableIdentifier, Upkept> known = new ConcurrentHashMap<>();

    TableCare(MaintainSettings defaults, Clock clock) {
        this.defaults = defaults;
        this.clock = clock;
        this.expiry = new Expiry(clock);
    }

    /** How tables stand that were looked at. */
    Map<TableIdentifier, Upkept> known() {
        return Map.copyOf(known);
    }

    /** What there is to do for a table, as it was loaded, and nothing more.
     *
     * @throws ConfigurationException names a property of the table that can't be read
     */
    Upkept.Debt debt(Table table) {
        MaintainSettings settings = defaults.of(table.properties());
        int snapshots = (int)
                StreamSupport.stream(table.snapshots().spliterator(), false).count();
        return new Upkept.Debt(snapshots, expiry.expirable(table, settings));
    }

    /** Does what is to be done for a table, which is refreshed.
     *
     * @param all whatever there is, even if it is not much
     * @throws RuntimeException whatever storage and catalog throw
     */
    void run(TableIdentifier name, Table table, boolean all) {
        MaintainSettings settings = defaults.of(table.properties());
        Upkept.Debt debt = debt(table);
        if (!settings.enabled() && !all) {
            note(name, it -> it.rests(Upkept.State.OFF, debt, now()));
        } else if (!isDue(table, settings, all)) {
            note(name, it -> it.rests(Upkept.State.IDLE, debt, now()));
        } else if (!Lease.take(table, holder, now(), LEASE)) {
            note(name, it -> it.rests(Upkept.State.ELSEWHERE, debt, now()));
        } else {
            note(name, it -> it.working(debt, now()));
            pay(name, table, settings, all);
            Upkept.Debt rest = debt(table);
            note(name, it -> it.rests(Upkept.State.IDLE, rest, now()));
        }
    }

    private boolean isDue(Table table, MaintainSettings settings, boolean all) {
        return all ? expiry.expirable(table, settings) > 0 : expiry.isDue(table, settings);
    }

    private void pay(TableIdentifier name, Table table, MaintainSettings settings, boolean all) {
        if (isDue(table, settings, all)) {
            Expiry.Expired expired = expiry.run(table, settings);
            note(name, it -> it.did(new Upkept.Done(expired.snapshots(), expired.files())));
        }
    }

    /** It could not be done this time. */
    void failed(TableIdentifier name, Throwable cause) {
        note(name, it -> it.failed(cause.toString(), now()));
    }

    /** The table is gone. */
    void forget(TableIdentifier name) {
        known.remove(name);
    }

    private void note(TableIdentifier name, UnaryOperator<Upkept> change) {
        known.compute(
                name, (it, before) -> change.apply(Optional.ofNullable(before).orElseGet(() -> Upkept.unseen(name))));
    }

    private Instant now() {
        return clock.instant();
    }
}
