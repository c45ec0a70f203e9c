package dev.firn.processor.wait;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/** Keys of the store of those who wait: each by its time, and again by what it waits for. Not for several threads. */
final class WaitKeys {
    private static final int BY_TIME = 1;
    private static final int BY_AWAITED = 2;
    private static final int PLACE = 2 * Long.BYTES;

    private final Packer packer = new Packer();

    /** Of a record that began to wait then, in epoch milliseconds.
     *
     * @param place tells it from all others of the task
     */
    byte[] byTime(long since, long place) {
        return packer.reset()
                .putByte(BY_TIME)
                .putSortable(since)
                .putSortable(place)
                .toBytes();
    }

    /** Before all that are by time, and began to wait then or later. */
    byte[] from(long since) {
        return packer.reset().putByte(BY_TIME).putSortable(since).toBytes();
    }

    /** After all that are by time. */
    byte[] end() {
        return packer.reset().putByte(BY_AWAITED).toBytes();
    }

    /** The same record, by what it waits for. */
    byte[] byAwaited(Bytes awaited, byte[] byTime) {
        return packer.reset()
                .putByte(BY_AWAITED)
                .putBytes(awaited.get())
                .putRaw(place(byTime), PLACE)
                .toBytes();
    }

    /** Before all that wait for it. */
    byte[] from(Bytes awaited) {
        return packer.reset().putByte(BY_AWAITED).putBytes(awaited.get()).toBytes();
    }

    /** After all that wait for it. */
    byte[] end(Bytes awaited) {
        return packer.reset()
                .putByte(BY_AWAITED)
                .putBytes(awaited.get())
                .putSortable(Long.MAX_VALUE)
                .putSortable(Long.MAX_VALUE)
                .toBytes();
    }

    /** The key by time of a record, of that by what it waits for. */
    byte[] byTime(byte[] byAwaited) {
        return packer.reset().putByte(BY_TIME).putRaw(place(byAwaited), PLACE).toBytes();
    }

    static long since(byte[] byTime) {
        return new Unpacker(byTime, 1).takeSortable();
    }

    /** What tells a record from all others, of its key by time. */
    static long placeOf(byte[] byTime) {
        return new Unpacker(byTime, 1 + Long.BYTES).takeSortable();
    }

    /** The next key that there can be. */
    static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /** Time and offset, with which both kinds of keys end. */
    private static byte[] place(byte[] key) {
        return Arrays.copyOfRange(key, key.length - PLACE, key.length);
    }
}
