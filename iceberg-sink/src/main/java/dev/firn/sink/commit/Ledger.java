package dev.firn.sink.commit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a table holds, per source. Recorded in the table, in the commit that adds the data.
 *
 * @param cluster id of the Kafka cluster that the offsets belong to, where known
 * @param topicIds id of each topic that the offsets belong to, where known
 * @param partitions of each topic whose keys the table's rows are known by: how many there were when that began; empty in a
 *     table without keys
 * @param held what the table has taken from topics
 * @param decisions what operators decided, oldest first
 * @param rejects what the quarantine table has taken from the sink itself; empty in every other table
 */
public record Ledger(
        Optional<String> cluster,
        SortedMap<String, String> topicIds,
        SortedMap<String, Integer> partitions,
        SortedMap<Source, Span> held,
        SortedMap<RejectSource, RejectMark> rejects,
        List<Decision> decisions) {
    public static final Ledger EMPTY =
            new Ledger(Optional.empty(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), List.of());

    public Ledger {
        topicIds = Collections.unmodifiableSortedMap(new TreeMap<>(topicIds));
        partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
        held = Collections.unmodifiableSortedMap(new TreeMap<>(held));
        rejects = Collections.unmodifiableSortedMap(new TreeMap<>(rejects));
        decisions = List.copyOf(decisions);
    }

    /** The next offset that the table needs of the source; empty where it never took any. */
    public Optional<Long> end(Source source) {
        return Optional.ofNullable(held.get(source)).map(Span::end);
    }

    public RejectMark rejectMark(RejectSource source) {
        return rejects.getOrDefault(source, RejectMark.NONE);
    }

    /**
     * Why the advance does not fit this ledger; empty if it does. A source without an entry may begin anywhere unless it is
     * continued, ids that are not known fit any.
     */
    public Optional<String> refusal(Advance advance) {
        return Stream.of(
                        otherCluster(advance),
                        otherTopic(advance),
                        otherPartitions(advance),
                        gap(advance),
                        advance.ranges().stream().flatMap(range -> refusal(range).stream()),
                        advance.rejects().stream().flatMap(range -> refusal(range).stream()))
                .flatMap(refusals -> refusals)
                .findFirst();
    }

    private Stream<String> otherCluster(Advance advance) {
        return advance.cluster().stream()
                .filter(id -> !id.equals(cluster.orElse(id)))
                .map(id -> "of cluster " + id + ", the ledger is of " + cluster.orElse(""));
    }

    private Stream<String> otherTopic(Advance advance) {
        return advance.topicIds().entrySet().stream()
                .filter(topic -> !topic.getValue().equals(topicIds.getOrDefault(topic.getKey(), topic.getValue())))
                .map(topic -> "%s: of topic id %s, the ledger is of %s"
                        .formatted(topic.getKey(), topic.getValue(), topicIds.get(topic.getKey())));
    }

    private Stream<String> otherPartitions(Advance advance) {
        return advance.partitions().entrySet().stream()
                .filter(topic -> !topic.getValue().equals(partitions.getOrDefault(topic.getKey(), topic.getValue())))
                .map(topic -> "%s: keys come through %d partitions, the ledger knows %d"
                        .formatted(topic.getKey(), topic.getValue(), partitions.get(topic.getKey())));
    }

    private Stream<String> gap(Advance advance) {
        return advance.continued().stream()
                .filter(source -> !held.containsKey(source))
                .map(source -> source + ": what comes before the range is not held");
    }

    private Optional<String> refusal(OffsetRange range) {
        return end(range.source())
                .filter(end -> end != range.start())
                .map(end -> "%s: range starts at %d, ledger ends at %d".formatted(range.source(), range.start(), end));
    }

    private Optional<String> refusal(RejectRange range) {
        RejectMark mark = rejectMark(range.source());
        return mark.equals(range.base())
                ? Optional.empty()
                : Optional.of("rejects of %s for %s: range starts at %s, ledger is at %s"
                        .formatted(range.source().source(), range.source().target(), range.base(), mark));
    }

    /** This ledger with one more decision noted. */
    Ledger plus(Decision decision) {
        List<Decision> all = new ArrayList<>(decisions);
        all.add(decision);
        return new Ledger(cluster, topicIds, partitions, held, rejects, all);
    }

    /** This ledger after the commit.
     *
     * @throws IllegalArgumentException if the advance does not fit
     */
    public Ledger plus(Advance advance) {
        refusal(advance).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        Map<Source, Span> nextHeld = new TreeMap<>(held);
        advance.ranges()
                .forEach(range -> nextHeld.merge(
                        range.source(),
                        new Span(range.start(), range.end()),
                        (before, added) -> new Span(before.start(), added.end())));
        Map<RejectSource, RejectMark> nextRejects = new TreeMap<>(rejects);
        advance.rejects().forEach(range -> nextRejects.put(range.source(), range.after()));
        Map<String, String> nextIds = new TreeMap<>(topicIds);
        nextIds.putAll(advance.topicIds());
        Map<String, Integer> nextPartitions = new TreeMap<>(partitions);
        nextPartitions.putAll(advance.partitions());
        return new Ledger(
                advance.cluster().or(this::cluster),
                new TreeMap<>(nextIds),
                new TreeMap<>(nextPartitions),
                new TreeMap<>(nextHeld),
                new TreeMap<>(nextRejects),
                decisions);
    }
}
