package dev.firn.processor.window;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The facts of one raw partition in minutes that are still open. The store holds them some dozens to an entry; it should be
 * one that caches, so that an entry is written once per commit and not once per fact.
 */
final class OpenMinutes {
    static final long MINUTE = 60_000_000;

    private static final int FACTS_PER_CHUNK = 32;

    /** Of a chunk that takes no more: far below what a message can hold, also with one fact of the largest kind on top. */
    private static final int CHUNK_BYTES = 64 * 1024;

    /** Receives the facts of a minute that has closed. */
    interface Closing {
        void chunk(long minute, byte[] dimensions, long number, FactChunk chunk);
    }

    /** The chunk that the next fact goes to. */
    private static final class Filling {
        private long number;
        private int facts;
        private final Packer packer = new Packer();
    }

    private final KeyValueStore<byte[], byte[]> store;
    private final TreeMap<Long, Map<Bytes, Filling>> open = new TreeMap<>();
    private final Packer packer = new Packer();

    OpenMinutes(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
        restore();
    }

    /** Every chunk that is there counts as full. */
    private void restore() {
        try (KeyValueIterator<byte[], byte[]> chunks = store.all()) {
            while (chunks.hasNext()) {
                Unpacker key = new Unpacker(chunks.next().key);
                long minute = key.takeSortable();
                Bytes dimensions = Bytes.wrap(key.takeBytes());
                filling(minute, dimensions).number = key.takeSortable() + 1;
            }
        }
    }

    void add(long eventTime, Bytes dimensions, long dwellMillis, Utf8 session) {
        long minute = Math.floorDiv(eventTime, MINUTE) * MINUTE;
        Filling filling = filling(minute, dimensions);
        FactChunk.add(dwellMillis, session, filling.packer);
        filling.facts++;
        store.put(key(minute, dimensions.get(), filling.number), filling.packer.toBytes());
        if (filling.facts == FACTS_PER_CHUNK || filling.packer.size() >= CHUNK_BYTES) {
            filling.number++;
            filling.facts = 0;
            filling.packer.reset();
        }
    }

    private Filling filling(long minute, Bytes dimensions) {
        return open.computeIfAbsent(minute, start -> new HashMap<>())
                .computeIfAbsent(dimensions, start -> new Filling());
    }

    /** Hands over and forgets all minutes that end at the time or before. */
    void close(long watermark, Closing closing) {
        while (!open.isEmpty() && open.firstKey() + MINUTE <= watermark) {
            long minute = open.firstKey();
            open.remove(minute);
            for (KeyValue<byte[], byte[]> chunk : chunks(minute)) {
                Unpacker key = new Unpacker(chunk.key);
                key.takeSortable();
                byte[] dimensions = key.takeBytes();
                closing.chunk(minute, dimensions, key.takeSortable(), FactChunk.of(chunk.value));
                store.delete(chunk.key);
            }
        }
    }

    /** All before the first is deleted: what a cache evicts during an iteration would not be seen by it. */
    private List<KeyValue<byte[], byte[]>> chunks(long minute) {
        byte[] from = packer.reset().putSortable(minute).toBytes();
        byte[] to = packer.reset().putSortable(minute + MINUTE).toBytes();
        List<KeyValue<byte[], byte[]>> chunks = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> iterator = store.range(from, to)) {
            iterator.forEachRemaining(chunks::add);
        }
        return chunks;
    }

    private byte[] key(long minute, byte[] dimensions, long number) {
        return packer.reset()
                .putSortable(minute)
                .putBytes(dimensions)
                .putSortable(number)
                .toBytes();
    }
}
