package dev.firn.sink.consume;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of a lane, and when their windows close. For one thread; settled windows come back from others. */
final class TableLanes {
    private static final Logger LOG = LoggerFactory.getLogger(TableLanes.class);

    private final LaneDesk desk;
    private final Feed feed;
    private final Map<TableIdentifier, TableLane> tables = new LinkedHashMap<>();
    private final Map<String, TableLane> byTopic = new HashMap<>();
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();

    TableLanes(LaneDesk desk, Feed feed) {
        this.desk = desk;
        this.feed = feed;
    }

    /** The table of a partition's topic, from now on one of the lane's. */
    TableLane add(TopicPartition partition) {
        Target target = desk.routes().target(partition.topic());
        TableLane table = tables.computeIfAbsent(target.table(), name -> new TableLane(target, desk));
        byTopic.put(partition.topic(), table);
        return table;
    }

    TableLane of(TopicPartition partition) {
        TableLane table = byTopic.get(partition.topic());
        if (table == null) {
            throw new IllegalStateException("not assigned: " + partition);
        }
        return table;
    }

    Collection<TableLane> all() {
        return tables.values();
    }

    /**
     * Whether the table can take in more. Past the memory's limit only what holds none can: so a table that can't be committed
     * to stops no other one.
     */
    boolean hasRoom(TableLane table) {
        if (isOverMemory()) {
            return table.inFlight() == 0 && table.open().isEmpty();
        }
        return table.inFlight() == 0 || !table.isFull();
    }

    private boolean isOverMemory() {
        return desk.memoryHeld().getAsLong() > desk.limits().memory();
    }

    void closeDue(Instant now) {
        for (TableLane table : tables.values()) {
            if (table.inFlight() == 0 && table.isDue(now)) {
                close(table);
            }
        }
        // one at a time: its memory is free once the committer has completed its files
        if (isOverMemory()) {
            closeLargest();
        }
    }

    private void closeLargest() {
        tables.values().stream()
                .filter(table -> table.inFlight() == 0 && table.open().isPresent())
                .max(Comparator.comparingLong(TableLane::held))
                .ifPresent(table -> {
                    LOG.debug(
                            "Closed a window early, for memory table={}",
                            table.target().table());
                    close(table);
                });
    }

    /** Hands over the table's open window, if there is one, whatever else is on its way. */
    void close(TableLane table) {
        table.close(feed, (from, settled) -> replies.add(new Reply(from, settled)));
    }

    /** The windows that were settled since the last call. */
    List<Reply> replies() {
        List<Reply> settled = new ArrayList<>();
        for (Reply reply = replies.poll(); reply != null; reply = replies.poll()) {
            settled.add(reply);
        }
        return settled;
    }

    record Reply(TableLane table, TableLane.Settled settled) {}
}
