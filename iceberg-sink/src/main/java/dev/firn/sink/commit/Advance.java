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
 * @param partitions how many the ranges' topics have, if the table's rows are known by their keys; empty if not
 * @param continued sources whose range follows one that the table held when this one was closed, or that was not settled then:
 *     where the table has nothing of them, that one was lost or rolled back
 * @param claims as whom
 */
public record Advance(
        List<OffsetRange> ranges,
        List<RejectRange> rejects,
        Optional<String> cluster,
        Map<String, String> topicIds,
        Map<String, Integer> partitions,
        Set<Source> continued,
        Claims claims) {
    public Advance {
        ranges = List.copyOf(ranges);
        rejects = List.copyOf(rejects);
        topicIds = Map.copyOf(topicIds);
        partitions = Map.copyOf(partitions);
        continued = Set.copyOf(continued);
    }

    public Advance(
            List<OffsetRange> ranges,
            List<RejectRange> rejects,
            Optional<String> cluster,
            Map<String, String> topicIds) {
        this(ranges, rejects, cluster, topicIds, Map.of(), Set.of(), Claims.NONE);
    }

    public static Advance of(List<OffsetRange> ranges) {
        return of(ranges, List.of());
    }

    static Advance of(List<OffsetRange> ranges, List<RejectRange> rejects) {
        return new Advance(ranges, rejects, Optional.empty(), Map.of());
    }

    public static Advance ofRejects(List<RejectRange> rejects) {
        return of(List.of(), rejects);
    }

    Advance as(Claims others) {
        return new Advance(ranges, rejects, cluster, topicIds, partitions, continued, others);
    }
}
