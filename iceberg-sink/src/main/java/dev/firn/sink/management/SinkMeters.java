package dev.firn.sink.management;

import dev.firn.sink.commit.CommitListener;
import dev.firn.sink.commit.Outcome;
import dev.firn.sink.commit.Proposal;
import dev.firn.sink.commit.Window;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.catalog.TableIdentifier;

/** Meters of commits, per table. */
@Singleton
final class SinkMeters implements CommitListener {
    private final MeterRegistry registry;
    private final Map<TableIdentifier, TableMeters> tables = new ConcurrentHashMap<>();

    SinkMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    TableMeters of(TableIdentifier table) {
        return tables.computeIfAbsent(table, name -> new TableMeters(registry, name));
    }

    @Override
    public void attempted(TableIdentifier table, Outcome outcome, Duration took) {
        of(table).attempted(outcome, took);
    }

    @Override
    public void held(
            TableIdentifier table, Proposal proposal, List<Window> windows, OptionalLong snapshot, Instant at) {
        of(table).held(proposal, windows, at);
    }

    @Override
    public void dropped(Window window, String why) {
        of(window.table()).dropped();
    }
}
