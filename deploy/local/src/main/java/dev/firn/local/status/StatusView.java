package dev.firn.local.status;

import dev.firn.local.PortPlan;
import dev.firn.local.display.Amounts;
import dev.firn.local.display.Grid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Services, tables, and what needs somebody, as lines of text. */
record StatusView(PortPlan ports, Clock clock) {
    private static final Map<String, List<String>> DECISIONS = Map.of(
            "SOURCE_TRUNCATED", List.of("skip-lost-records"),
            "SOURCE_RECREATED", List.of("accept-new-source"),
            "LEDGER_LOST", List.of("resume-after-rows", "keep-position", "start-over"),
            "TABLE_REPLACED", List.of("keep-position", "start-over"),
            "TABLE_DROPPED", List.of("start-over"),
            "PARTITIONS_ADDED", List.of("accept-partitions"),
            "BRANCH_UNUSABLE", List.of());

    /** Whether every service answers, and no table waits for somebody. */
    boolean isWell(Observation now) {
        return now.generator().isPresent()
                && now.processor().isPresent()
                && now.sink().isPresent()
                && tables(now).stream().allMatch(table -> table.blocked().isEmpty());
    }

    List<String> lines(Observation before, Observation now) {
        var lines = new ArrayList<>(services(before, now));
        var tables = tables(now);
        if (!tables.isEmpty()) {
            lines.add("");
            lines.addAll(grid(tables));
        }
        tables.stream().filter(table -> !table.blocked().isEmpty()).forEach(table -> lines.addAll(stopped(table)));
        lines.add("");
        lines.add(
                isWell(now)
                        ? "all is well; more at " + sink("/dashboard/")
                        : "needs somebody; more at " + sink("/dashboard/"));
        return lines;
    }

    private List<String> services(Observation before, Observation now) {
        var grid = new Grid("service", "state", "records/s", "behind", "address");
        grid.row(
                "generator",
                now.generator().map(GeneratorStatus::state).orElse("UNREACHABLE"),
                rate(now.events() - before.events(), before, now),
                "-",
                address(ports.generator()));
        grid.row(
                "processor",
                now.processor().map(ProcessorStatus::state).orElse("UNREACHABLE"),
                rate(now.processed() - before.processed(), before, now),
                now.processor().map(it -> behind(it.lag())).orElse("?"),
                address(ports.processor()));
        grid.row(
                "sink",
                now.sink().map(SinkStatus::state).orElse("UNREACHABLE"),
                rate(now.rows() - before.rows(), before, now),
                now.sink().map(it -> behind(it.lag())).orElse("?"),
                address(ports.sink()));
        return grid.lines();
    }

    private List<String> grid(List<TableStatus> tables) {
        var grid = new Grid("table", "rows", "behind", "files", "compression", "fresh p99", "last commit", "state");
        for (var table : tables) {
            grid.row(
                    table.table(),
                    Amounts.count(table.rows()),
                    behind(table.lag()),
                    Amounts.count(table.files()),
                    Amounts.ratio(table.avroBytes(), table.bytes()),
                    millis(table),
                    ago(table),
                    table.state() == null ? "?" : table.state());
        }
        return grid.lines();
    }

    private List<String> stopped(TableStatus table) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add(table.table() + " has stopped: " + table.state());
        table.blocked().forEach((source, why) -> lines.add("  " + source + ": " + why));
        for (var decision : DECISIONS.getOrDefault(String.valueOf(table.state()), List.of())) {
            lines.add("  to go on: curl -X POST " + sink("/tables/" + table.table() + "/decision")
                    + " -H 'Content-Type: application/json' -d '{\"decision\": \"" + decision
                    + "\", \"by\": \"NAME\"}'");
        }
        return lines;
    }

    private static List<TableStatus> tables(Observation now) {
        return now.sink().map(SinkStatus::tables).orElse(List.of()).stream()
                .sorted(Comparator.comparing(TableStatus::table))
                .toList();
    }

    private static String millis(TableStatus table) {
        var millis = table.freshnessP99Millis();
        return millis == null || millis == 0 ? "-" : Amounts.seconds(Duration.ofMillis(millis));
    }

    private String ago(TableStatus table) {
        return table.committedAt() == null
                ? "never"
                : Amounts.seconds(Duration.between(Instant.parse(table.committedAt()), clock.instant())) + " ago";
    }

    private static String behind(long lag) {
        return lag < 0 ? "?" : Amounts.count(lag);
    }

    private static String rate(long more, Observation before, Observation now) {
        var nanos = Math.max(1, now.nanos() - before.nanos());
        return Amounts.count(Math.max(0, Math.round(more * 1e9 / nanos)));
    }

    private String sink(String path) {
        return address(ports.sink()) + path;
    }

    private static String address(int port) {
        return "http://127.0.0.1:" + port;
    }
}
