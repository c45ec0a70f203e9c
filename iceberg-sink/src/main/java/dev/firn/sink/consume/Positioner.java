package dev.firn.sink.consume;

import dev.firn.sink.commit.Source;
import dev.firn.sink.consume.SourceState.Block;
import dev.firn.sink.consume.SourceState.Blocked;
import dev.firn.sink.consume.SourceState.Following;
import dev.firn.sink.consume.SourceState.Positioning;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings partitions to where their table's ledger ends. For one thread. */
final class Positioner {
    private static final Logger LOG = LoggerFactory.getLogger(Positioner.class);

    private final LaneDesk desk;
    private final Feed feed;
    private final Retries retries;

    Positioner(LaneDesk desk, Feed feed, Retries retries) {
        this.desk = desk;
        this.feed = feed;
        this.retries = retries;
    }

    /** Seeks, and makes the table follow.
     *
     * @return what has become of each partition
     */
    Map<TopicPartition, SourceState> position(TableLane table, List<TopicPartition> partitions) {
        TableIdentifier name = table.target().table();
        Map<TopicPartition, Feed.Bounds> bounds;
        Map<Source, Position> positions;
        try {
            bounds = feed.bounds(partitions);
            positions = desk.positions()
                    .of(name, partitions.stream().map(Lane::source).toList());
        } catch (RuntimeException e) {
            // catalogs and clients each throw their own
            Instant again = retries.afterFailure(name);
            LOG.warn("Table can't be asked where it stands table={} again={}", name, again, e);
            return all(partitions, new Positioning(again));
        }
        Map<TopicPartition, SourceState> states = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Position position = at(positions, Lane.source(partition));
            states.put(partition, position(table, partition, position, at(bounds, partition)));
        }
        return states;
    }

    private static Map<TopicPartition, SourceState> all(List<TopicPartition> partitions, SourceState state) {
        Map<TopicPartition, SourceState> states = new HashMap<>();
        partitions.forEach(partition -> states.put(partition, state));
        return states;
    }

    private static <K, V> V at(Map<K, V> answers, K key) {
        return Optional.ofNullable(answers.get(key))
                .orElseThrow(() -> new IllegalStateException("no answer for " + key));
    }

    private SourceState position(TableLane table, TopicPartition partition, Position position, Feed.Bounds bounds) {
        long start = position.end().orElse(desk.startAt().in(bounds));
        if (start < bounds.earliest()) {
            return new Blocked(Block.SOURCE_TRUNCATED, "needs " + start + ", the topic begins at " + bounds.earliest());
        }
        if (start > bounds.latest()) {
            return new Blocked(Block.SOURCE_RECREATED, "needs " + start + ", the topic ends at " + bounds.latest());
        }
        feed.seek(partition, start);
        table.follow(partition, start, position);
        LOG.info(
                "Following table={} topic={} partition={} offset={}",
                table.target().table(),
                partition.topic(),
                partition.partition(),
                start);
        return new Following();
    }
}
