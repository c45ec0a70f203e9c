package dev.firn.sink.management;

import dev.firn.sink.commit.TableView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.iceberg.catalog.TableIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tables as they were last seen. To look at one asks the catalog, and waits for its commits, which wait for that in turn. */
final class Views {
    private static final Logger LOG = LoggerFactory.getLogger(Views.class);
    /** What others make of a table may be known that late to those who look again and again. */
    private static final Duration RECENT = Duration.ofSeconds(10);

    private final Function<TableIdentifier, Optional<TableView>> tables;
    private final Function<TableIdentifier, Instant> lastHeld;
    private final Clock clock;
    private final Map<TableIdentifier, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(TableView view, Instant at, Instant held) {}

    /**
     * Nothing seen yet.
     *
     * @param tables looks at one; throws whatever the catalog throws
     * @param lastHeld when this process committed to one last
     */
    Views(
            Function<TableIdentifier, Optional<TableView>> tables,
            Function<TableIdentifier, Instant> lastHeld,
            Clock clock) {
        this.tables = tables;
        this.lastHeld = lastHeld;
        this.clock = clock;
    }

    /** The table as it is, or as it was when the catalog could last be asked. */
    Optional<TableView> now(TableIdentifier table) {
        try {
            Instant held = lastHeld.apply(table);
            tables.apply(table).ifPresent(view -> seen.put(table, new Seen(view, clock.instant(), held)));
        } catch (RuntimeException e) {
            // catalogs and their clients each throw their own
            LOG.debug("Table can't be looked at table={}", table, e);
        }
        return Optional.ofNullable(seen.get(table)).map(Seen::view);
    }

    /** The same, without a look where it was seen a short time ago, and this process has not committed to it since. */
    Optional<TableView> recently(TableIdentifier table) {
        return Optional.ofNullable(seen.get(table))
                .filter(last -> clock.instant().isBefore(last.at().plus(RECENT)))
                .filter(last -> last.held().equals(lastHeld.apply(table)))
                .map(Seen::view)
                .or(() -> now(table));
    }
}
