package dev.firn.local.up;

import dev.firn.local.display.Amounts;
import dev.firn.local.display.Grid;
import dev.firn.local.status.Observation;
import dev.firn.local.status.SinkStatus;
import dev.firn.local.status.TableStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** What came of a run that ended by itself. */
final class Summary {
    private Summary() {}

    /**
     * @param first what was seen before the first event of this run
     * @param last what was seen when everything was committed
     * @param course what was seen in between
     */
    static List<String> lines(Observation first, Observation last, Course course) {
        var lines = new ArrayList<>(tables(last, course));
        lines.add("");
        course.highestLag()
                .ifPresent(highest -> lines.add(
                        "lag while events came: median %s in the first half of the time, %s in the second, %s at most"
                                .formatted(
                                        count(course.lagAtFirst()), count(course.lagLater()), Amounts.count(highest))));
        var time = Duration.ofNanos(last.nanos() - first.nanos());
        var events = last.events() - first.events();
        lines.add("%s events in %s, from the first one produced to the last one committed: %s events/s end to end"
                .formatted(Amounts.count(events), Amounts.seconds(time), perSecond(events, time)));
        return lines;
    }

    private static List<String> tables(Observation last, Course course) {
        var grid = new Grid("table", "rows", "files", "size", "snapshots", "Avro : table", "fresh p50", "p99");
        last.sink().map(SinkStatus::tables).orElse(List.of()).stream()
                .sorted(Comparator.comparing(TableStatus::table))
                .forEach(table -> grid.row(
                        table.table(),
                        Amounts.count(table.rows()),
                        Amounts.count(table.files()),
                        Amounts.bytes(table.bytes()),
                        Amounts.count(table.snapshots()),
                        Amounts.ratio(table.avroBytes(), table.bytes()),
                        time(course.freshnessP50(table.table())),
                        time(course.freshnessP99(table.table()))));
        return grid.lines();
    }

    private static String count(OptionalLong number) {
        return number.stream().mapToObj(Amounts::count).findFirst().orElse("-");
    }

    private static String time(OptionalLong millis) {
        return millis.stream()
                .mapToObj(each -> Amounts.seconds(Duration.ofMillis(each)))
                .findFirst()
                .orElse("-");
    }

    private static String perSecond(long events, Duration time) {
        return String.format(Locale.ROOT, "%,.0f", events * 1000.0 / Math.max(1, time.toMillis()));
    }
}
