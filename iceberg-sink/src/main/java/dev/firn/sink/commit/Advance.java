package dev.firn.sink.commit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** By what a commit moves a table's {@link Ledger}.
 *
 * @param ranges what the table takes from topics
 * @param rejects what the quarantine table takes from the sink itself; empty for every other table
 * @param cluster the Kafka cluster's id, where known
 * @param topicIds the ids of the ranges' topics, where known
 * @param continued sources whose range follows one that the table held when this one was closed, or that was not settled then:
 *     where the table has nothing of them, that one was lost or rolled back
 * @param claims as whom
 */
public record Advance(
        List<OffsetRange> ranges,
        List<RejectRange> rejects,
        Optional<String> cluster,
        Map<String, String> topicIds,
        Set<Source> continued,
        Claims claims) {
    public Advance {
        ranges = List.copyOf(ranges);
        rejects = List.copyOf(rejects);
        topicIds = Map.copyOf(topicIds);
        continued = Set.copyOf(continued);
    }

    public Advance(
            List<OffsetRange> ranges,
            List<RejectRange> rejects,
            Optional<String> cluster,
            Map<String, String> topicIds) {
        this(ranges, rejects, cluster, topicIds, Set.of(), Claims.NONE);
    }

    public static Advance of(List<OffsetRange> ranges) {
        return new Advance(ranges, List.of(), Optional.empty(), Map.of());
    }

    public static Advance ofRejects(List<RejectRange> rejects) {
        return new Advance(List.of(), rejects, Optional.empty(), Map.of());
    }

    Advance as(Claims others) {
        return new Advance(ranges, rejects, cluster, topicIds, continued, others);
    }
}
