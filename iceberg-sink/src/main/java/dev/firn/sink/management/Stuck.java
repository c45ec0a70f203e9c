package dev.firn.sink.management;

import dev.firn.sink.consume.LaneStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.TableIdentifier;

/** What does not get on, and why. */
final class Stuck {
    private final Map<String, String> why = new TreeMap<>();

    private Stuck() {}

    /** By table; a lane that is silent is named so.
     *
     * @param limit who waits since before that is stuck
     */
    static Map<String, String> of(List<LaneStatus> lanes, Instant limit) {
        Stuck stuck = new Stuck();
        lanes.forEach(lane -> stuck.add(lane, limit));
        return stuck.why;
    }

    private void add(LaneStatus lane, Instant limit) {
        if (lane.at().isBefore(limit)) {
            add("lane", "silent since " + lane.at());
        }
        for (LaneStatus.OfSource source : lane.sources()) {
            source.why()
                    .ifPresent(why ->
                            add(source.table().toString(), source.state() + ": " + source.source() + ": " + why));
        }
        for (LaneStatus.OfTable table : lane.tables()) {
            table.waitsSince()
                    .filter(limit::isAfter)
                    .ifPresent(since -> add(
                            table.table().toString(),
                            "nothing committed since " + since + ", " + states(lane, table.table())));
        }
    }

    private void add(String what, String reason) {
        why.merge(what, reason, (one, other) -> one + "; " + other);
    }

    private static String states(LaneStatus lane, TableIdentifier table) {
        return lane.sources().stream()
                .filter(source -> source.table().equals(table))
                .map(LaneStatus.OfSource::state)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
