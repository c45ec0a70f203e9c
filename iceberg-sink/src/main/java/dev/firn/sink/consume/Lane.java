package dev.firn.sink.consume;

import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.WindowEnd;
import dev.firn.sink.consume.SourceState.Blocked;
import dev.firn.sink.consume.SourceState.Following;
import dev.firn.sink.consume.SourceState.Positioning;
import dev.firn.sink.consume.SourceState.Stalled;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
 * the next one fills, so that commits never queue: a slow catalog makes windows longer. Once the next one is full, the
 * table's partitions are paused. For one thread; what others do to it comes through a
 * queue. A step blocks no longer than a poll, unless catalog or storage are slow to answer.
 */
final class Lane implements Feed.Assignment {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final LaneDesk desk;
    private final Feed feed;
    private final Retries retries;
    private final Positioner positioner;
    private final TableLanes tables;
    private final Map<TopicPartition, SourceState> sources = new LinkedHashMap<>();
    private final Set<TopicPartition> flowing = new HashSet<>();

    Lane(LaneDesk desk, Feed feed) {
        this.desk = desk;
        this.feed = feed;
        this.retries = new Retries(desk.backoff(), desk.clock());
        this.positioner = new Positioner(desk, feed, retries);
        this.tables = new TableLanes(desk, feed);
    }

    /** Goes once around. */
    void step() {
        settle();
        tables.all().stream()
                .filter(table -> table.sources().hasGot(feed::partitions))
                .forEach(this::readAgain);
        position(desk.clock().instant());
        regulate(desk.clock().instant());
        poll();
        tables.closeDue(desk.clock().instant());
        look(desk.clock().instant());
    }

    private void look(Instant now) {
        Set<TableLane> heldUp = sources.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Positioning || entry.getValue() instanceof Stalled)
                .map(entry -> tables.of(entry.getKey()))
                .collect(Collectors.toSet());
        tables.all().forEach(table -> table.look(now, heldUp.contains(table)));
    }

    private void settle() {
        for (TableLanes.Reply reply : tables.replies()) {
            TableLane table = reply.table();
            if (table.settle(reply.settled())) {
                readAgain(table);
            } else if (reply.settled().end() instanceof WindowEnd.Held) {
                retries.succeeded(table.target().table());
                acknowledge(reply.settled().ranges());
            }
        }
    }

    private void acknowledge(List<OffsetRange> ranges) {
        feed.acknowledge(ranges.stream()
                .filter(range -> sources.containsKey(partition(range.source())))
                .collect(Collectors.toMap(range -> partition(range.source()), OffsetRange::end)));
    }

    private void position(Instant now) {
        // not while a window is on its way, which will move the ledger
        Map<TableLane, List<TopicPartition>> waiting = sources.entrySet().stream()
                .filter(entry ->
                        entry.getValue().askAt().filter(at -> !now.isBefore(at)).isPresent()
                                && tables.of(entry.getKey()).inFlight() == 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.groupingBy(tables::of, LinkedHashMap::new, Collectors.toList()));
        waiting.forEach(
                (table, partitions) -> positioner.position(table, partitions).forEach(this::become));
    }

    private void become(TopicPartition partition, SourceState state) {
        if (state instanceof Blocked blocked && !blocked.isAsBefore(sources.get(partition))) {
            LOG.error(
                    "Blocked table={} state={} topic={} partition={} why={}",
                    tables.of(partition).target().table(),
                    blocked.block(),
                    partition.topic(),
                    partition.partition(),
                    blocked.why());
        }
        sources.put(partition, state);
    }

    /** Lets exactly those partitions flow that can be taken in now. */
    private void regulate(Instant now) {
        sources.replaceAll((partition, state) ->
                state instanceof Stalled stalled && !now.isBefore(stalled.until()) ? new Following() : state);
        Set<TopicPartition> ready = sources.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Following && tables.hasRoom(tables.of(entry.getKey())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        List<TopicPartition> stop = flowing.stream().filter(notIn(ready)).toList();
        List<TopicPartition> go = ready.stream().filter(notIn(flowing)).toList();
        feed.pause(stop);
        feed.resume(go);
        flowing.removeAll(stop);
        flowing.addAll(go);
    }

    private static Predicate<TopicPartition> notIn(Set<TopicPartition> set) {
        return partition -> !set.contains(partition);
    }

    private void poll() {
        try {
            take(feed.poll(POLL));
        } catch (OffsetOutOfRangeException e) {
            LOG.warn("Offsets are gone, or of another topic now, offsets={}", e.offsetOutOfRangePartitions());
            tablesOf(e.offsetOutOfRangePartitions().keySet()).forEach(this::readAgain);
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
        TableLane table = tables.of(partition);
        try {
            table.take(partition, records).ifPresent(offset -> stall(table, partition, offset));
        } catch (FilesFailedException e) {
            LOG.warn("Window lost table={}", table.target().table(), e);
            readAgain(table);
        }
    }

    private void stall(TableLane table, TopicPartition partition, long offset) {
        feed.seek(partition, offset);
        Instant until = retries.afterFailure(table.target().table());
        sources.put(partition, new Stalled(until));
        LOG.warn(
                "Registry unavailable, stalled topic={} partition={} offset={} until={}",
                partition.topic(),
                partition.partition(),
                offset,
                until);
    }

    /** Begins again at the ledger, for all of the table's partitions. */
    private void readAgain(TableLane table) {
        table.reset();
        Instant notBefore = retries.afterFailure(table.target().table());
        sources.replaceAll((partition, state) ->
                state instanceof Blocked || tables.of(partition) != table ? state : new Positioning(notBefore));
    }

    @Override
    public void assigned(Collection<TopicPartition> partitions) {
        LOG.info("Assigned partitions={}", partitions);
        for (TopicPartition partition : partitions) {
            tables.add(partition);
            sources.put(partition, new Positioning(Instant.MIN));
            // any position will do: without one the consumer would ask the group for it
            feed.seek(partition, 0);
        }
        feed.pause(partitions);
        partitions.forEach(flowing::remove);
    }

    @Override
    public void revoked(Collection<TopicPartition> partitions) {
        LOG.info("Revoked partitions={}", partitions);
        Set<TableLane> affected = tablesOf(partitions);
        affected.stream()
                .filter(table -> table.sources().hasRecordsOf(partitions))
                .forEach(tables::close);
        awaitSettled(affected, desk.whileRevoked());
        partitions.forEach(this::forget);
    }

    @Override
    public void lost(Collection<TopicPartition> partitions) {
        LOG.warn("Lost partitions={}", partitions);
        List<TableLane> affected = tablesOf(partitions).stream()
                .filter(table -> table.sources().hasRecordsOf(partitions))
                .toList();
        partitions.forEach(this::forget);
        affected.forEach(this::readAgain);
    }

    private Set<TableLane> tablesOf(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .filter(sources::containsKey)
                .map(tables::of)
                .collect(Collectors.toCollection(LinkedHashSet::new));
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

    private void forget(TopicPartition partition) {
        if (sources.remove(partition) != null) {
            tables.of(partition).sources().remove(partition);
            flowing.remove(partition);
        }
    }

    /** Hands over what is open, and waits for its commit. The lane is done for afterwards. */
    void finish(Duration atMost) {
        tables.all().forEach(tables::close);
        awaitSettled(tables.all(), atMost);
    }

    /** Gives up what is open. The lane is done for afterwards. */
    void abandon() {
        tables.all().forEach(TableLane::reset);
    }

    /** How it stands. To be called from the lane's own thread. */
    LaneStatus status() {
        List<LaneStatus.OfSource> ofSources = sources.entrySet().stream()
                .map(entry -> status(entry.getKey(), entry.getValue()))
                .toList();
        List<LaneStatus.OfTable> ofTables =
                tables.all().stream().map(TableLane::status).toList();
        return new LaneStatus(desk.clock().instant(), ofSources, ofTables);
    }

    private LaneStatus.OfSource status(TopicPartition partition, SourceState state) {
        boolean positioned = state instanceof Following || state instanceof Stalled;
        return new LaneStatus.OfSource(
                source(partition),
                tables.of(partition).target().table(),
                state.text(),
                state instanceof Blocked blocked ? Optional.of(blocked.why()) : Optional.empty(),
                positioned ? OptionalLong.of(feed.position(partition)) : OptionalLong.empty());
    }

    static Source source(TopicPartition partition) {
        return new Source(partition.topic(), partition.partition());
    }

    private static TopicPartition partition(Source source) {
        return new TopicPartition(source.topic(), source.partition());
    }
}
