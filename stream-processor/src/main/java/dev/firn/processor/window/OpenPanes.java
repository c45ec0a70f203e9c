package dev.firn.processor.window;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one raw partition in panes that are still open. The store holds them some dozens to an entry; it should be
 * one that holds its entries while they grow, so that an entry is written once per commit and not once per fact.
 */
final class OpenPanes {
    /** Of a chunk that takes no more: far below what a message can hold, also with one fact of the largest kind on top. */
    private static final int CHUNK_BYTES = 64 * 1024;

    /** What is kept of an event. */
    interface Fact {
        /** Adds it to a chunk. */
        void addTo(Packer chunk);
    }

    /** Receives the facts of a pane that has closed. */
    interface Closing {
        /** All of the same dimensions, in order. */
        void chunks(long pane, byte[] dimensions, List<byte[]> chunks);
    }

    /** The chunk that the next fact goes to. */
    private static final class Filling {
        private long number;
        private int events;
        private byte @Nullable [] key;
        private Packer packer = new Packer();
    }

    private final KeyValueStore<byte[], Packer> store;
    private final Panes panes;
    private final int perChunk;
    private final TreeMap<Long, Map<Bytes, Filling>> open = new TreeMap<>();
    private final Packer packer = new Packer();

    /** @param perChunk so many events fit into a chunk */
    OpenPanes(KeyValueStore<byte[], Packer> store, Panes panes, int perChunk) {
        this.store = store;
        this.panes = panes;
        this.perChunk = perChunk;
        restore();
    }

    /** Every chunk that is there counts as full. */
    private void restore() {
        try (KeyValueIterator<byte[], Packer> chunks = store.all()) {
            while (chunks.hasNext()) {
                Unpacker key = new Unpacker(chunks.next().key);
                long pane = key.takeSortable();
                Bytes dimensions = Bytes.wrap(key.takeBytes());
                filling(pane, dimensions).number = key.takeSortable() + 1;
            }
        }
    }

    void add(long eventTime, Bytes dimensions, Fact fact) {
        long pane = panes.start(eventTime);
        Filling filling = filling(pane, dimensions);
        filling.events++;
        fact.addTo(filling.packer);
        if (filling.key == null) {
            filling.key = key(pane, dimensions.get(), filling.number);
        }
        store.put(filling.key, filling.packer);
        if (filling.events == perChunk || filling.packer.size() >= CHUNK_BYTES) {
            filling.number++;
            filling.events = 0;
            filling.key = null;
            filling.packer = new Packer();
        }
    }

    private Filling filling(long pane, Bytes dimensions) {
        return open.computeIfAbsent(pane, start -> new HashMap<>()).computeIfAbsent(dimensions, start -> new Filling());
    }

    /** Hands over and forgets all panes that end at the time or before. */
    void close(long watermark, Closing closing) {
        while (!open.isEmpty() && open.firstKey() + panes.pane() <= watermark) {
            long pane = open.firstKey();
            open.remove(pane);
            Map<Bytes, List<byte[]>> closed = new LinkedHashMap<>();
            for (KeyValue<byte[], Packer> chunk : chunks(pane)) {
                Bytes dimensions = Bytes.wrap(new Unpacker(chunk.key, Long.BYTES).takeBytes());
                closed.computeIfAbsent(dimensions, name -> new ArrayList<>()).add(chunk.value.toBytes());
                store.delete(chunk.key);
            }
            closed.forEach((dimensions, chunks) -> closing.chunks(pane, dimensions.get(), chunks));
        }
    }

    /** All before the first is deleted: nothing depends on what iterators see of changes. */
    private List<KeyValue<byte[], Packer>> chunks(long pane) {
        byte[] from = packer.reset().putSortable(pane).toBytes();
        byte[] to = packer.reset().putSortable(pane + panes.pane()).toBytes();
        List<KeyValue<byte[], Packer>> chunks = new ArrayList<>();
        try (KeyValueIterator<byte[], Packer> iterator = store.range(from, to)) {
            iterator.forEachRemaining(chunks::add);
        }
        return chunks;
    }

    private byte[] key(long pane, byte[] dimensions, long number) {
        return packer.reset()
                .putSortable(pane)
                .putBytes(dimensions)
                .putSortable(number)
                .toBytes();
    }
}
