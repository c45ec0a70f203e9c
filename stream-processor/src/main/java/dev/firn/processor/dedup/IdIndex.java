package dev.firn.processor.dedup;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The full chunks of an {@link IdLog} by id, in a store of its own. It follows from the log, so it needs no changelog; and
 * it knows which chunks it holds, so one that has fallen behind, or comes from other times, is noticed and made anew.
 */
final class IdIndex {
    /** Shorter than every key of an id. */
    private static final byte[] EXTENT = {0};

    private static final int EXTENT_LENGTH = 3 * Long.BYTES;
    private static final int CLEARED_AT_ONCE = 1000;

    /** Which chunks it holds, by spans of which length. */
    private record Extent(long first, long next, long span) {}

    private final KeyValueStore<byte[], byte[]> store;
    private final long span;
    private final Packer packer = new Packer();

    /** @param span length in event time; sightings are found by the span that they are in, the last of an id in each */
    IdIndex(KeyValueStore<byte[], byte[]> store, long span) {
        this.store = store;
        this.span = span;
    }

    /** Keeps what it has of a log that begins with that chunk, if that is of use; else forgets all.
     *
     * @return the first chunk that is missing
     */
    long begin(long first, long next) {
        Extent extent = extent();
        if (extent != null && extent.first == first && extent.next <= next && extent.span == span) {
            return extent.next;
        }
        clear();
        return first;
    }

    private @Nullable Extent extent() {
        byte[] extent = store.get(EXTENT);
        if (extent == null || extent.length != EXTENT_LENGTH) {
            return null;
        }
        Unpacker in = new Unpacker(extent);
        return new Extent(in.takeSortable(), in.takeSortable(), in.takeSortable());
    }

    private void clear() {
        List<KeyValue<byte[], byte[]>> some = some();
        while (!some.isEmpty()) {
            store.putAll(some);
            some = some();
        }
    }

    private List<KeyValue<byte[], byte[]>> some() {
        List<KeyValue<byte[], byte[]>> some = new ArrayList<>(CLEARED_AT_ONCE);
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            while (all.hasNext() && some.size() < CLEARED_AT_ONCE) {
                some.add(deletion(all.next().key));
            }
        }
        return some;
    }

    /** Adds the chunk after the last that it holds. */
    void add(List<Sighting> chunk, long first, long next) {
        List<KeyValue<byte[], byte[]>> changes = new ArrayList<>(chunk.size() + 1);
        for (Sighting sighting : chunk) {
            byte[] at = packer.reset().putSortable(sighting.at()).toBytes();
            changes.add(KeyValue.pair(key(spanOf(sighting), sighting.id()), at));
        }
        change(changes, first, next);
    }

    /** Removes the first chunk that it holds. */
    void remove(List<Sighting> chunk, long first, long next) {
        List<KeyValue<byte[], byte[]>> changes = new ArrayList<>(chunk.size() + 1);
        for (Sighting sighting : chunk) {
            changes.add(deletion(key(spanOf(sighting), sighting.id())));
        }
        change(changes, first, next);
    }

    /** All at once, with the chunks that it holds after that. */
    private void change(List<KeyValue<byte[], byte[]>> changes, long first, long next) {
        byte[] extent = packer.reset()
                .putSortable(first)
                .putSortable(next)
                .putSortable(span)
                .toBytes();
        changes.add(KeyValue.pair(EXTENT, extent));
        store.putAll(changes);
    }

    /** What it has of the id in the span, or null. */
    @Nullable
    Sighting find(long inSpan, IdHash id) {
        byte[] at = store.get(key(inSpan, id));
        return at == null ? null : new Sighting(id, new Unpacker(at).takeSortable());
    }

    private long spanOf(Sighting sighting) {
        return Math.floorDiv(sighting.at(), span);
    }

    private byte[] key(long inSpan, IdHash id) {
        return packer.reset()
                .putSortable(inSpan)
                .putSortable(id.high())
                .putSortable(id.low())
                .toBytes();
    }

    // a null value deletes
    private static KeyValue<byte[], byte[]> deletion(byte[] key) {
        return KeyValue.pair(key, null);
    }
}
