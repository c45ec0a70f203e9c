package dev.firn.processor.run;

import dev.firn.registry.RegistryException;
import dev.firn.registry.RegistryUnavailableException;
import dev.firn.registry.SchemaRegistry;
import dev.firn.serde.UndecodableException;
import dev.firn.serde.WireFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the registry for schemas before records that name them are processed. A record whose schema can't be asked for yet is
 * left in its topic, and what is behind it, too: who waits for the registry in the middle of processing holds a transaction
 * open until it times out, and a task that is fenced, or fails, loses its state. Safe for several threads, none of which waits.
 */
final class SchemasAhead {
    private static final Logger LOG = LoggerFactory.getLogger(SchemasAhead.class);
    /** Ids may be made up. */
    private static final int MOST_KNOWN = 10_000;

    private final SchemaRegistry registry;
    private final Set<String> topics;
    private final Duration pause;
    private final Set<Integer> answered = ConcurrentHashMap.newKeySet();
    private final Set<Integer> asked = ConcurrentHashMap.newKeySet();
    /** One thread, as long as there is something to ask. */
    private final Executor asking =
            new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), SchemasAhead::thread);

    /**
     * @param registry one that keeps what it has answered
     * @param topics whose values are in the wire format; others pass
     * @param pause after the registry could not be asked
     */
    SchemasAhead(SchemaRegistry registry, Set<String> topics, Duration pause) {
        this.registry = registry;
        this.topics = Set.copyOf(topics);
        this.pause = pause;
    }

    /** Those of the records that can be processed: of each partition all until the first whose schema is not answered for.
     *
     * @param seek told where the others begin, to be polled again
     */
    ConsumerRecords<byte[], byte[]> of(
            ConsumerRecords<byte[], byte[]> polled, BiConsumer<TopicPartition, OffsetAndMetadata> seek) {
        Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            if (topics.contains(partition.topic())) {
                ask(polled.records(partition), ends);
            }
        }
        ends.forEach(seek);
        return ends.isEmpty() ? polled : until(ends, polled);
    }

    private void ask(List<ConsumerRecord<byte[], byte[]>> records, Map<TopicPartition, OffsetAndMetadata> ends) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (!isAnswered(record)) {
                ends.putIfAbsent(
                        new TopicPartition(record.topic(), record.partition()),
                        new OffsetAndMetadata(record.offset(), record.leaderEpoch(), ""));
            }
        }
    }

    private static ConsumerRecords<byte[], byte[]> until(
            Map<TopicPartition, OffsetAndMetadata> ends, ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> before = new HashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            OffsetAndMetadata end = ends.get(partition);
            List<ConsumerRecord<byte[], byte[]>> some = new ArrayList<>(polled.records(partition));
            some.removeIf(record -> end != null && record.offset() >= end.offset());
            if (!some.isEmpty()) {
                before.put(partition, some);
            }
        }
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(polled.nextOffsets());
        next.putAll(ends);
        return new ConsumerRecords<>(before, next);
    }

    private boolean isAnswered(ConsumerRecord<byte[], byte[]> record) {
        int id;
        try {
            id = WireFormat.schemaId(record.value());
        } catch (UndecodableException e) {
            return true;
        }
        if (answered.contains(id)) {
            return true;
        }
        if (asked.add(id)) {
            asking.execute(() -> ask(id));
        }
        return false;
    }

    private void ask(int id) {
        try {
            registry.byId(id);
            answer(id);
        } catch (RegistryUnavailableException e) {
            LOG.warn("registry unavailable, records wait in their topic schema={} cause=\"{}\"", id, e.getMessage());
            sleep();
        } catch (RegistryException e) {
            // an answer, too: what becomes of the record is decided where it is decoded
            answer(id);
        } finally {
            asked.remove(id);
        }
    }

    private void answer(int id) {
        if (answered.size() >= MOST_KNOWN) {
            answered.clear();
        }
        answered.add(id);
    }

    private void sleep() {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "schemas-ahead");
        thread.setDaemon(true);
        return thread;
    }
}
