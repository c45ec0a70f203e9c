package dev.firn.sink.consume;

import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.TableLostException;
import dev.firn.sink.consume.SourceState.Block;
import dev.firn.sink.consume.SourceState.Blocked;
import dev.firn.sink.consume.SourceState.Following;
import dev.firn.sink.consume.SourceState.Positioning;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
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
        try {
            Map<String, Origin> origins = desk.origins().of(topics(partitions));
            Map<TopicPartition, Feed.Bounds> bounds = feed.bounds(partitions);
            Map<Source, Position> positions = desk.positions()
                    .of(name, partitions.stream().map(Lane::source).toList(), table.owner());
            return each(
                    partitions,
                    partition -> position(
                            table,
                            partition,
                            at(positions, Lane.source(partition)),
                            at(origins, partition.topic()),
                            at(bounds, partition)));
        } catch (TableLostException e) {
            return each(partitions, partition -> blocked(block(e), e.getMessage()));
        } catch (RuntimeException e) {
            // catalogs and clients each throw their own
            Instant again = retries.afterFailure(name);
            LOG.warn("Table can't be asked where it stands table={} again={}", name, again, e);
            return each(partitions, partition -> new Positioning(again));
        }
    }

    private static Map<TopicPartition, SourceState> each(
            List<TopicPartition> partitions, Function<TopicPartition, SourceState> state) {
        return partitions.stream().collect(Collectors.toMap(partition -> partition, state));
    }

    private static Set<String> topics(List<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
    }

    private SourceState blocked(Block block, @Nullable String why) {
        return new Blocked(block, String.valueOf(why), desk.clock().instant().plus(desk.askAgain()));
    }

    private static Block block(TableLostException lost) {
        return switch (lost.what()) {
            case DROPPED -> Block.TABLE_DROPPED;
            case REPLACED -> Block.TABLE_REPLACED;
            case LEDGER -> Block.LEDGER_LOST;
            case BRANCH -> Block.BRANCH_UNUSABLE;
        };
    }

    private static <K, V> V at(Map<K, V> answers, K key) {
        return Optional.ofNullable(answers.get(key))
                .orElseThrow(() -> new IllegalStateException("no answer for " + key));
    }

    private SourceState position(
            TableLane table, TopicPartition partition, Position position, Origin origin, Feed.Bounds bounds) {
        Optional<String> difference = position.origin().difference(origin);
        if (difference.isPresent()) {
            return blocked(Block.SOURCE_RECREATED, difference.get());
        }
        Optional<String> more = origin.hasMore(position.origin());
        if (more.isPresent()) {
            return blocked(Block.PARTITIONS_ADDED, more.get());
        }
        // what a topic that is followed holds in a new partition came after the table began
        StartAt startAt = position.knowsTopic() ? StartAt.EARLIEST : desk.startAt();
        long start = position.end().orElse(startAt.in(bounds));
        if (start < bounds.earliest()) {
            return blocked(Block.SOURCE_TRUNCATED, "needs " + start + ", the topic begins at " + bounds.earliest());
        }
        if (start > bounds.latest()) {
            return blocked(Block.SOURCE_RECREATED, "needs " + start + ", the topic ends at " + bounds.latest());
        }
        feed.seek(partition, start);
        table.sources().add(partition, start, position, origin);
        LOG.info(
                "Following table={} topic={} partition={} offset={}",
                table.target().table(),
                partition.topic(),
                partition.partition(),
                start);
        return new Following();
    }
}
