package dev.firn.sink.management;

import dev.firn.sink.consume.LaneStatus;
import java.util.List;

/** One word for how a table's sources are. */
final class TableState {
    private static final List<String> WORST_FIRST = List.of("STALLED", "POSITIONING", "FOLLOWING");

    private TableState() {}

    static String of(List<LaneStatus.OfSource> sources) {
        return sources.stream()
                .filter(LaneStatus.OfSource::isBlocked)
                .map(LaneStatus.OfSource::state)
                .findFirst()
                .orElseGet(() -> WORST_FIRST.stream()
                        .filter(state -> sources.stream()
                                .anyMatch(source -> source.state().equals(state)))
                        .findFirst()
                        .orElse("UNASSIGNED"));
    }
}
