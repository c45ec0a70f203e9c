package dev.firn.processor.window;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
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
        /** All of the same dimensions, in order; those of a pane one after the other. */
        void chunks(long pane, byte[] dimensions, List<byte[]> chunks);

        /** That was all of the pane. */
        void end(long pane);
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
            Map<Bytes, Filling> closed = Objects.requireNonNull(open.remove(pane), "the first is there");
            closed.forEach((dimensions, filling) ->
                    closing.chunks(pane, dimensions.get(), take(pane, dimensions.get(), filling.number)));
            closing.end(pane);
        }
    }

    /** Chunks are numbered without a gap; there need not be one of the last number. */
    private List<byte[]> take(long pane, byte[] dimensions, long last) {
        List<byte[]> chunks = new ArrayList<>();
        for (long number = 0; number <= last; number++) {
            byte[] key = key(pane, dimensions, number);
            Packer chunk = store.get(key);
            if (chunk != null) {
                chunks.add(chunk.toBytes());
                // a null value deletes
                store.put(key, null);
            }
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
