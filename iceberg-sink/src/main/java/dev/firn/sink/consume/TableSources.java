package dev.firn.sink.consume;

import dev.firn.sink.commit.Advance;
import dev.firn.sink.commit.Claims;
import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.RejectRange;
import dev.firn.sink.commit.RejectSource;
import dev.firn.sink.commit.Source;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.kafka.common.TopicPartition;

/** The partitions that one table follows, and how far. For one thread. */
final class TableSources {
    private final TableIdentifier table;
    private final Map<TopicPartition, Progress> partitions = new HashMap<>();

    TableSources(TableIdentifier table) {
        this.table = table;
    }

    void add(TopicPartition partition, long start, Position position, Origin origin) {
        RejectSource rejects = new RejectSource(table.toString(), Lane.source(partition));
        partitions.put(partition, new Progress(rejects, origin, start, position));
    }

    void remove(TopicPartition partition) {
        partitions.remove(partition);
    }

    void clear() {
        partitions.clear();
    }

    Set<TopicPartition> all() {
        return partitions.keySet();
    }

    /** Throws if it isn't followed. */
    Progress of(TopicPartition partition) {
        Progress progress = partitions.get(partition);
        if (progress == null) {
            throw new IllegalStateException(table + " does not follow " + partition);
        }
        return progress;
    }

    /** Whether a topic has got partitions since.
     *
     * @param now how many a topic has
     */
    boolean hasGot(ToIntFunction<String> now) {
        return partitions.values().stream().anyMatch(progress -> {
            int before = progress.origin().partitions().orElse(Integer.MAX_VALUE);
            return now.applyAsInt(progress.source().topic()) > before;
        });
    }

    /** Whether the ranges so far have records of any of these partitions. */
    boolean hasRecordsOf(Collection<TopicPartition> some) {
        return some.stream().map(partitions::get).anyMatch(progress -> progress != null && !progress.isEmpty());
    }

    /** All that was read up to now is in the window. */
    void reached(Feed feed) {
        partitions.forEach((partition, progress) -> progress.reached(feed.position(partition)));
    }

    /** The next ranges begin where these end. */
    void handOver() {
        partitions.values().forEach(Progress::handOver);
    }

    /** The table holds these ranges. */
    void hold(Collection<OffsetRange> ranges) {
        Set<Source> sources = ranges.stream().map(OffsetRange::source).collect(Collectors.toSet());
        partitions.values().stream()
                .filter(progress -> sources.contains(progress.source()))
                .forEach(Progress::hold);
    }

    /**
     * Why the window may have records of another origin than it says: a topic that was made anew may well have the next
     * offset. Asked after its last record was read, so that a topic that still is the one that was followed has been all
     * the time. A topic that is gone can't have been replaced by one that was read.
     */
    Optional<String> mixed(Origins origins) {
        try {
            Map<String, Origin> now = origins.of(
                    partitions.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet()));
            return partitions.values().stream()
                    .flatMap(progress ->
                            progress
                                    .origin()
                                    .difference(
                                            now.getOrDefault(progress.source().topic(), Origin.UNKNOWN))
                                    .stream())
                    .findFirst();
        } catch (RuntimeException e) {
            // the broker's client throws its own
            return Optional.of("topics can't be asked for their ids: " + e);
        }
    }

    /** What the ranges so far add to the table's ledger.
     *
     * @param allSettled whether all that was handed over has been settled
     */
    Advance advance(boolean allSettled) {
        Map<String, String> ids = new HashMap<>();
        Map<String, Integer> numbers = new HashMap<>();
        Optional<String> cluster = Optional.empty();
        for (Progress progress : partitions.values()) {
            String topic = progress.source().topic();
            Origin origin = progress.origin();
            origin.topicId().ifPresent(id -> ids.put(topic, id));
            origin.partitions().ifPresent(number -> numbers.put(topic, number));
            cluster = cluster.or(origin::cluster);
        }
        List<OffsetRange> ranges =
                partitions.values().stream().map(Progress::range).toList();
        Set<Source> continued = partitions.values().stream()
                .filter(progress -> progress.isContinued(allSettled))
                .map(Progress::source)
                .collect(Collectors.toSet());
        return new Advance(ranges, List.of(), cluster, ids, numbers, continued, Claims.NONE);
    }

    /** What they add to the quarantine table's ledger. */
    List<RejectRange> rejectRanges() {
        return partitions.values().stream()
                .flatMap(progress -> progress.rejectRange().stream())
                .toList();
    }
}
