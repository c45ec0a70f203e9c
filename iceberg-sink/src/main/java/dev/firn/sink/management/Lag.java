package dev.firn.sink.management;

import dev.firn.sink.consume.LaneStatus;
import dev.firn.sink.consume.SourceWatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How far lanes are behind their topics. */
final class Lag {
    private Lag() {}

    /** In offsets, over all the sources; empty while a position or an end is not known. */
    static Optional<Long> of(List<LaneStatus.OfSource> sources, Optional<SourceWatch.Seen> seen) {
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        long lag = 0;
        for (LaneStatus.OfSource source : sources) {
            Long end = seen.get().ends().get(source.source());
            if (end == null || source.position().isEmpty()) {
                return Optional.empty();
            }
            lag += Math.max(0, end - source.position().getAsLong());
        }
        return Optional.of(lag);
    }

    /** The same of each topic; without those of which it is not known. */
    static Map<String, Long> byTopic(List<LaneStatus.OfSource> sources, Optional<SourceWatch.Seen> seen) {
        Map<String, Long> lags = new TreeMap<>();
        sources.stream()
                .collect(Collectors.groupingBy(source -> source.source().topic()))
                .forEach((topic, those) -> of(those, seen).ifPresent(lag -> lags.put(topic, lag)));
        return lags;
    }
}
