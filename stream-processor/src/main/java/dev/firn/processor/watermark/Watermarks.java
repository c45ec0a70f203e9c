package dev.firn.processor.watermark;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.Arrays;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** How far the raw partitions are, as one task knows it; kept in a store. The unit of time is the owner's. */
public final class Watermarks {
    /** Before all time: nothing may close. */
    public static final long NONE = Long.MIN_VALUE;

    /** Stands beside the partitions. */
    private static final int CLOSED = -1;

    private final KeyValueStore<byte[], byte[]> store;
    private final long[] times;
    private final boolean[] idle;
    private long closedUntil = NONE;

    /** @param store of its own, with what was known before */
    public Watermarks(KeyValueStore<byte[], byte[]> store, int partitions) {
        this.store = store;
        this.times = new long[partitions];
        this.idle = new boolean[partitions];
        Arrays.fill(times, NONE);
        restore();
    }

    private void restore() {
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> one = all.next();
                int partition = (int) new Unpacker(one.key).takeSortable();
                restore(partition, new Unpacker(one.value));
            }
        }
    }

    private void restore(int partition, Unpacker value) {
        if (partition == CLOSED) {
            closedUntil = value.takeSortable();
        } else if (partition < times.length) {
            times[partition] = value.takeSortable();
            idle[partition] = value.takeByte() == 1;
        }
    }

    /** What ends at the time or before is closed for good. */
    public void close(long until) {
        closedUntil = until;
        store.put(key(CLOSED), new Packer().putSortable(until).toBytes());
    }

    public long closedUntil() {
        return closedUntil;
    }

    /** The partition is there, and this far.
     *
     * @return whether it is further than before
     */
    public boolean advance(int partition, long time) {
        boolean isFurther = time > times[partition];
        times[partition] = Math.max(times[partition], time);
        idle[partition] = false;
        save(partition);
        return isFurther;
    }

    /** The partition need not be waited for. */
    public void rest(int partition) {
        idle[partition] = true;
        save(partition);
    }

    private void save(int partition) {
        store.put(
                key(partition),
                new Packer()
                        .putSortable(times[partition])
                        .putByte(idle[partition] ? 1 : 0)
                        .toBytes());
    }

    /** How far all are that are not idle; {@link #NONE} if one of them has not begun, or all are idle. */
    public long least() {
        long least = Long.MAX_VALUE;
        for (int partition = 0; partition < times.length; partition++) {
            if (!idle[partition]) {
                least = Math.min(least, times[partition]);
            }
        }
        return least == Long.MAX_VALUE ? NONE : least;
    }

    private static byte[] key(int partition) {
        return new Packer().putSortable(partition).toBytes();
    }
}
