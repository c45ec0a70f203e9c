package dev.firn.processor.wait;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The first record of a partition that waits for what it refers to, as an entry among those that others refer to: its
 * offset counts as processed, but who refers to it can't find it yet.
 */
public final class WaitFront {
    /** No key in UTF-8 begins so. */
    private static final int MARK = 0xFF;

    private WaitFront() {}

    /** Key of the entry. */
    public static byte[] key(int partition) {
        return new Packer().putByte(MARK).putSortable(partition).toBytes();
    }

    /** Its value: an offset of the raw topic, before which nothing waits; null, a tombstone, where nothing waits. */
    public static byte @Nullable [] value(OptionalLong offset) {
        return offset.isEmpty()
                ? null
                : new Packer().putSortable(offset.getAsLong()).toBytes();
    }

    /** Offsets by partition, of those where some wait. */
    public static Map<Integer, Long> all(ReadOnlyKeyValueStore<byte[], byte[]> entries) {
        Map<Integer, Long> fronts = new HashMap<>();
        try (KeyValueIterator<byte[], byte[]> range = entries.range(key(0), key(Integer.MAX_VALUE))) {
            range.forEachRemaining(entry -> fronts.put(
                    (int) new Unpacker(entry.key, 1).takeSortable(), new Unpacker(entry.value).takeSortable()));
        }
        return fronts;
    }
}
