package dev.firn.sink.consume;

import dev.firn.sink.commit.Backoff;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.catalog.TableIdentifier;

/** When to try again, per table: later after each failure in a row. For one thread. */
final class Retries {
    private final Backoff backoff;
    private final Clock clock;
    private final Map<TableIdentifier, Integer> failures = new HashMap<>();

    Retries(Backoff backoff, Clock clock) {
        this.backoff = backoff;
        this.clock = clock;
    }

    Instant afterFailure(TableIdentifier table) {
        int before = failures.merge(table, 1, Integer::sum) - 1;
        return clock.instant().plus(backoff.wait(before));
    }

    void succeeded(TableIdentifier table) {
        failures.remove(table);
    }
}
