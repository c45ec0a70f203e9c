package dev.firn.sink.consume;

import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.WindowEnd;
import dev.firn.sink.consume.SourceState.Block;
import dev.firn.sink.consume.SourceState.Blocked;
import dev.firn.sink.consume.SourceState.Following;
import dev.firn.sink.consume.SourceState.Positioning;
import dev.firn.sink.consume.SourceState.Stalled;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the records of the partitions it is assigned into windows, one per table, and hands them over to be committed.
 *
 * <p>Where to read comes from the tables' ledgers alone. At most one window of a table is on its way to be committed while
 * the next one fills; past that, the table's partitions are paused. For one thread; what others do to it comes through a
 * queue. A step blocks no longer than a poll, unless the catalog is slow to answer where a table stands.
 */
final class Lane implements Feed.Assignment {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final LaneDesk desk;
    private final Feed feed;
    private final Map<TopicPartition, SourceState> sources = new LinkedHashMap<>();
    private final Map<TableIdentifier, TableLane> tables = new LinkedHashMap<>();
    private final Map<TableIdentifier, Integer> failures = new LinkedHashMap<>();
    private final Set<TopicPartition> flowing = new HashSet<>();
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();

    Lane(LaneDesk desk, Feed feed) {
        this.desk = desk;
        this.feed = feed;
    }

    /** Goes once around. */
    void step() {
        settle();
        position();
        regulate();
        poll();
        closeDue(desk.clock().instant());
    }

    private void poll() {
        try {
            take(feed.poll(POLL));
        } catch (OffsetOutOfRangeException e) {
            e.offsetOutOfRangePartitions()
                    .forEach((partition, offset) ->
                            block(partition, Block.SOURCE_TRUNCATED, "offset " + offset + " is gone"));
        }
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            // a partition before it in this poll may have reset the table
            if (sources.get(partition) instanceof Following) {
                take(partition, records.records(partition));
            }
        }
    }

    private void take(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        TableLane table = table(partition);
        try {
            table.take(partition, records).ifPresent(offset -> stall(partition, offset));
        } catch (FilesFailedException e) {
            LOG.warn("Window lost table={}", table.target().table(), e);
            readAgain(table);
        }
    }

    private void stall(TopicPartition partition, long offset) {
        feed.seek(partition, offset);
        Instant until = afterFailure(table(partition).target().table());
        sources.put(partition, new Stalled(until));
        LOG.warn(
                "Registry unavailable, stalled topic={} partition={} offset={} until={}",
                partition.topic(),
                partition.partition(),
                offset,
                until);
    }

    private Instant afterFailure(TableIdentifier table) {
        int before = failures.merge(table, 1, Integer::sum) - 1;
        return desk.clock().instant().plus(desk.backoff().wait(before));
    }

    private void block(TopicPartition partition, Block block, String why) {
        LOG.error(
                "Blocked state={} topic={} partition={} why={}", block, partition.topic(), partition.partition(), why);
        sources.put(partition, new Blocked(block, why));
    }

    /** Begins again at the ledger, for all of the table's partitions. */
    private void readAgain(TableLane table) {
        table.reset();
        Instant notBefore = afterFailure(table.target().table());
        sources.replaceAll((partition, state) ->
                state instanceof Blocked || table(partition) != table ? state : new Positioning(notBefore));
    }

    private void settle() {
        for (Reply reply = replies.poll(); reply != null; reply = replies.poll()) {
            TableLane table = reply.table();
            boolean dropped = table.settle(reply.settled());
            if (dropped) {
                readAgain(table);
            } else if (reply.settled().end() instanceof WindowEnd.Held) {
                failures.remove(table.target().table());
                acknowledge(reply.settled().ranges());
            }
        }
    }

    private void acknowledge(List<OffsetRange> ranges) {
        feed.acknowledge(ranges.stream()
                .filter(range -> sources.containsKey(partition(range.source())))
                .collect(Collectors.toMap(range -> partition(range.source()), OffsetRange::end)));
    }

    private static TopicPartition partition(Source source) {
        return new TopicPartition(source.topic(), source.partition());
    }

    private void position() {
        Instant now = desk.clock().instant();
        // a window on its way will move the ledger
        Map<TableLane, List<TopicPartition>> waiting = sources.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Positioning positioning
                        && !now.isBefore(positioning.notBefore())
                        && table(entry.getKey()).inFlight() == 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.groupingBy(this::table));
        waiting.forEach(this::position);
    }

    private void position(TableLane table, List<TopicPartition> partitions) {
        Map<TopicPartition, Feed.Bounds> bounds;
        Map<Source, Position> positions;
        try {
            bounds = feed.bounds(partitions);
            positions = desk.positions()
                    .of(
                            table.target().table(),
                            partitions.stream().map(Lane::source).toList());
        } catch (RuntimeException e) {
            // catalogs and clients each throw their own
            Instant again = afterFailure(table.target().table());
            LOG.warn(
                    "Table can't be asked where it stands table={} again={}",
                    table.target().table(),
                    again,
                    e);
            partitions.forEach(partition -> sources.put(partition, new Positioning(again)));
            return;
        }
        for (TopicPartition partition : partitions) {
            position(table, partition, at(positions, source(partition)), at(bounds, partition));
        }
    }

    private void position(TableLane table, TopicPartition partition, Position position, Feed.Bounds bounds) {
        long start = position.end().orElse(desk.startAt().in(bounds));
        if (start < bounds.earliest()) {
            block(partition, Block.SOURCE_TRUNCATED, "needs " + start + ", the topic begins at " + bounds.earliest());
        } else if (start > bounds.latest()) {
            block(partition, Block.SOURCE_RECREATED, "needs " + start + ", the topic ends at " + bounds.latest());
        } else {
            feed.seek(partition, start);
            table.follow(partition, start, position);
            sources.put(partition, new Following());
            LOG.info(
                    "Following table={} topic={} partition={} offset={}",
                    table.target().table(),
                    partition.topic(),
                    partition.partition(),
                    start);
        }
    }

    private static <K, V> V at(Map<K, V> map, K key) {
        return Optional.ofNullable(map.get(key)).orElseThrow(() -> new IllegalStateException("no answer for " + key));
    }

    private static Source source(TopicPartition partition) {
        return new Source(partition.topic(), partition.partition());
    }

    /** Lets exactly those partitions flow that can be taken in now. */
    private void regulate() {
        Instant now = desk.clock().instant();
        sources.replaceAll((partition, state) ->
                state instanceof Stalled stalled && !now.isBefore(stalled.until()) ? new Following() : state);
        Set<TopicPartition> ready = sources.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Following && hasRoom(table(entry.getKey()), now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        List<TopicPartition> stop = flowing.stream().filter(not(ready)).toList();
        List<TopicPartition> go = ready.stream().filter(not(flowing)).toList();
        feed.pause(stop);
        feed.resume(go);
        flowing.removeAll(stop);
        flowing.addAll(go);
    }

    private static Predicate<TopicPartition> not(Set<TopicPartition> set) {
        return partition -> !set.contains(partition);
    }

    private boolean hasRoom(TableLane table, Instant now) {
        return table.inFlight() == 0 || !(table.isDue(now) || isOverMemory());
    }

    private boolean isOverMemory() {
        return tables.values().stream().mapToLong(TableLane::bytes).sum()
                > desk.limits().memory();
    }

    private void closeDue(Instant now) {
        for (TableLane table : tables.values()) {
            if (table.inFlight() == 0 && table.isDue(now)) {
                close(table);
            }
        }
        while (isOverMemory() && closeLargest()) {
            LOG.debug("Closed a window early, for memory");
        }
    }

    private boolean closeLargest() {
        Optional<TableLane> largest = tables.values().stream()
                .filter(table -> table.inFlight() == 0 && table.open().isPresent())
                .max(Comparator.comparingLong(TableLane::bytes));
        largest.ifPresent(this::close);
        return largest.isPresent();
    }

    private void close(TableLane table) {
        table.close(feed, (from, settled) -> replies.add(new Reply(from, settled)));
    }

    @Override
    public void assigned(Collection<TopicPartition> partitions) {
        LOG.info("Assigned partitions={}", partitions);
        for (TopicPartition partition : partitions) {
            Target target = desk.routes().target(partition.topic());
            tables.computeIfAbsent(target.table(), name -> new TableLane(target, desk));
            sources.put(partition, new Positioning(Instant.MIN));
            // any position will do: without one the consumer would ask the group for it
            feed.seek(partition, 0);
        }
        feed.pause(partitions);
        flowing.removeAll(partitions);
    }

    @Override
    public void revoked(Collection<TopicPartition> partitions) {
        LOG.info("Revoked partitions={}", partitions);
        Set<TableLane> affected = partitions.stream()
                .filter(sources::containsKey)
                .map(this::table)
                .collect(Collectors.toSet());
        affected.stream().filter(table -> table.hasRecordsOf(partitions)).forEach(this::close);
        awaitSettled(affected, desk.whileRevoked());
        partitions.forEach(this::forget);
    }

    private void awaitSettled(Collection<TableLane> affected, Duration atMost) {
        boolean settled = desk.patience()
                .until(
                        () -> {
                            settle();
                            return affected.stream().allMatch(table -> table.inFlight() == 0);
                        },
                        atMost);
        if (!settled) {
            LOG.warn("Windows not settled in time={}: their commits are fenced from now on", atMost);
        }
    }

    @Override
    public void lost(Collection<TopicPartition> partitions) {
        LOG.warn("Lost partitions={}", partitions);
        Set<TableLane> affected = partitions.stream()
                .filter(sources::containsKey)
                .map(this::table)
                .filter(table -> table.hasRecordsOf(partitions))
                .collect(Collectors.toSet());
        partitions.forEach(this::forget);
        affected.forEach(this::readAgain);
    }

    private void forget(TopicPartition partition) {
        if (sources.containsKey(partition)) {
            table(partition).forget(partition);
            sources.remove(partition);
            flowing.remove(partition);
        }
    }

    /** Hands over what is open, and waits for its commit. The lane is done for afterwards. */
    void finish(Duration atMost) {
        tables.values().forEach(this::close);
        awaitSettled(tables.values(), atMost);
    }

    /** Gives up what is open. The lane is done for afterwards. */
    void abandon() {
        tables.values().forEach(TableLane::reset);
    }

    /** How it stands. To be called from the lane's own thread. */
    LaneStatus status() {
        List<LaneStatus.OfSource> ofSources = sources.entrySet().stream()
                .map(entry -> status(entry.getKey(), entry.getValue()))
                .toList();
        List<LaneStatus.OfTable> ofTables =
                tables.values().stream().map(TableLane::status).toList();
        return new LaneStatus(desk.clock().instant(), ofSources, ofTables);
    }

    private LaneStatus.OfSource status(TopicPartition partition, SourceState state) {
        boolean positioned = state instanceof Following || state instanceof Stalled;
        return new LaneStatus.OfSource(
                source(partition),
                table(partition).target().table(),
                state.text(),
                state instanceof Blocked blocked ? Optional.of(blocked.why()) : Optional.empty(),
                positioned ? OptionalLong.of(feed.position(partition)) : OptionalLong.empty());
    }

    private TableLane table(TopicPartition partition) {
        TableLane table = tables.get(desk.routes().target(partition.topic()).table());
        if (table == null) {
            throw new IllegalStateException("not assigned: " + partition);
        }
        return table;
    }

    private record Reply(TableLane table, TableLane.Settled settled) {}
}
