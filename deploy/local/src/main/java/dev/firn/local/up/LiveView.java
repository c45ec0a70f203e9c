package dev.firn.local.up;

import dev.firn.local.display.Amounts;
import dev.firn.local.display.Grid;
import dev.firn.local.status.Observation;
import dev.firn.local.status.TableStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What goes on, as text: one line, and below it one per table. */
record LiveView(Clock clock) {

    /** @param since when the first one was seen, by {@link System#nanoTime} */
    List<String> lines(Observation before, Observation now, long since) {
        var lines = new ArrayList<String>();
        lines.add(line(before, now, since));
        lines.addAll(tables(now));
        return lines;
    }

    private String line(Observation before, Observation now, long since) {
        return "%s  events %s (%s/s)  processed %s (%s/s)  rows committed %s (%s/s)  lag %s  newest snapshot %s"
                .formatted(
                        Amounts.clock(Duration.ofNanos(now.nanos() - since)),
                        Amounts.count(now.events()),
                        rate(now.events() - before.events(), before, now),
                        Amounts.count(now.processed()),
                        rate(now.processed() - before.processed(), before, now),
                        Amounts.count(now.rows()),
                        rate(now.rows() - before.rows(), before, now),
                        Amounts.count(now.lag()),
                        newest(now).map(this::snapshot).orElse("none yet"));
    }

    private List<String> tables(Observation now) {
        var tables = now.sink().map(sink -> sink.tables()).orElse(List.of());
        if (tables.isEmpty()) {
            return List.of();
        }
        var grid = new Grid("  table", "rows", "files", "last snapshot", "ago", "state");
        tables.stream()
                .sorted(Comparator.comparing(TableStatus::table))
                .forEach(table -> grid.row(
                        "  " + table.table(),
                        Amounts.count(table.rows()),
                        Amounts.count(table.files()),
                        table.snapshotId() == null ? "-" : table.snapshotId().toString(),
                        age(table).map(Amounts::seconds).orElse("-"),
                        table.state() == null ? "" : table.state()));
        return grid.lines();
    }

    private static Optional<TableStatus> newest(Observation now) {
        return now.sink().stream()
                .flatMap(sink -> sink.tables().stream())
                .filter(table -> table.committedAt() != null)
                .max(Comparator.comparing(LiveView::committedAt));
    }

    private String snapshot(TableStatus table) {
        return table.table()
                + age(table).map(age -> " " + Amounts.seconds(age) + " ago").orElse("");
    }

    private Optional<Duration> age(TableStatus table) {
        return table.committedAt() == null
                ? Optional.empty()
                : Optional.of(Duration.between(committedAt(table), clock.instant()));
    }

    private static Instant committedAt(TableStatus table) {
        return table.committedAt() == null ? Instant.EPOCH : Instant.parse(table.committedAt());
    }

    private static String rate(long more, Observation before, Observation now) {
        var nanos = Math.max(1, now.nanos() - before.nanos());
        return Amounts.count(Math.max(0, Math.round(more * 1e9 / nanos)));
    }
}
