package dev.firn.sink.management;

import dev.firn.sink.config.RunningSink;
import dev.firn.sink.consume.LaneStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/** What is not counted but looked at, every now and then: lag and what is open, per table. */
@Singleton
@Requires(beans = RunningSink.class)
final class LagMeters {
    private final StatusBoard board;
    private final MeterRegistry registry;
    private final Map<String, TableStatus> latest = new ConcurrentHashMap<>();

    LagMeters(StatusBoard board, MeterRegistry registry) {
        this.board = board;
        this.registry = registry;
    }

    @Scheduled(fixedDelay = "5s", initialDelay = "2s")
    void look() {
        board.recently().tables().forEach(table -> {
            if (latest.put(table.table(), table) == null) {
                register(table.table());
            }
        });
    }

    private void register(String table) {
        gauge(
                "firn.sink.lag",
                "Records not read yet, of this instance's partitions; -1 if unknown",
                table,
                s -> s.lag());
        gauge("firn.sink.open.rows", "Records read and not handed over", table, s -> s.openRows());
        gauge("firn.sink.open.bytes", "Bytes of open files", table, s -> s.openBytes());
        gauge("firn.sink.windows.in.flight", "Windows handed over and not settled", table, s -> s.inFlight());
        gauge("firn.sink.unpublished.rows", "Rows on a branch and not on main; 0 if commits go to main", table, s -> {
            TableStatus.Unpublished unpublished = s.unpublished();
            return unpublished == null ? 0 : unpublished.rows();
        });
        gauge(
                "firn.sink.unpublished.since.seconds",
                "When the oldest commit was made that is not published, since the epoch; 0 if there is none",
                table,
                s -> {
                    Instant since =
                            s.unpublished() == null ? null : s.unpublished().since();
                    return since == null ? 0 : since.getEpochSecond();
                });
        gauge("firn.sink.diverged", "1 if what is on the branch can't be published, else 0", table, s -> {
            TableStatus.Unpublished unpublished = s.unpublished();
            return unpublished != null && unpublished.standing().equals("DIVERGED") ? 1 : 0;
        });
        LaneStatus.blocks()
                .forEach(block -> gauge(
                        "firn.sink.blocked",
                        "Partitions that need an operator, by the state that the table is in",
                        table,
                        Tags.of("state", block),
                        s -> blocked(s, block)));
    }

    private static long blocked(TableStatus table, String block) {
        return table.blocked().values().stream()
                .filter(why -> why.startsWith(block + ":"))
                .count();
    }

    private void gauge(String name, String description, String table, ToLongFunction<TableStatus> value) {
        gauge(name, description, table, Tags.empty(), value);
    }

    private void gauge(String name, String description, String table, Tags more, ToLongFunction<TableStatus> value) {
        Gauge.builder(name, latest, tables -> {
                    TableStatus status = tables.get(table);
                    return status == null ? Double.NaN : (double) value.applyAsLong(status);
                })
                .description(description)
                .tag("table", table)
                .tags(more)
                .register(registry);
    }
}
