package dev.firn.processor.station;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.pack.Utf8s;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The windows of one partition's stations of the last day, by start and station. What was not sent is known in memory, too. */
final class StationWindows {
    static final long LENGTH = TimeUnit.MINUTES.toMicros(15);

    private static final long KEPT =
            TimeUnit.NANOSECONDS.toMicros(Duration.ofHours(24).toNanos());

    /** Receives windows that have closed. */
    interface Closed {
        void window(long start, StationUse use);
    }

    /** Stands behind all windows. */
    private static final byte[] CLOSED_UNTIL =
            new Packer().putSortable(Long.MAX_VALUE).toBytes();

    private final KeyValueStore<byte[], byte[]> store;
    private final TreeSet<Bytes> unsent = new TreeSet<>();
    private final Packer packer = new Packer();
    private long closedUntil;

    /** @param store one that holds its entries */
    StationWindows(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
        byte[] closed = store.get(CLOSED_UNTIL);
        this.closedUntil = closed == null ? Long.MIN_VALUE : start(closed);
        try (KeyValueIterator<byte[], byte[]> all = store.range(null, CLOSED_UNTIL)) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> window = all.next();
                if (!Arrays.equals(window.key, CLOSED_UNTIL)
                        && !StationUse.unpack(window.value).sent()) {
                    unsent.add(Bytes.wrap(window.key));
                }
            }
        }
    }

    /** Beginning of the window that the time is in. */
    static long start(long time) {
        return Math.floorDiv(time, LENGTH) * LENGTH;
    }

    /** Adds what the session did in the windows that are kept.
     *
     * @param watermark of the partition, with the session
     */
    void add(Charge charge, long watermark) {
        long first = Math.max(start(charge.from()), start(watermark - KEPT));
        for (long start = first; start <= charge.last(); start += LENGTH) {
            byte[] key = key(start, Utf8s.bytes(charge.place().id()));
            byte[] before = store.get(key);
            StationUse use = before == null ? StationUse.none(charge.place()) : StationUse.unpack(before);
            store.put(key, use.with(charge, start, start + LENGTH).pack(packer));
            unsent.add(Bytes.wrap(key));
        }
    }

    /**
     * If the watermark has passed the end of a window, hands over the windows that have ended by then and were not like that
     * before, and forgets old ones.
     */
    void close(long watermark, Closed closed) {
        if (start(watermark) <= closedUntil) {
            return;
        }
        closedUntil = start(watermark);
        store.put(CLOSED_UNTIL, packer.reset().putSortable(closedUntil).toBytes());
        for (Bytes key = first(); key != null && start(key.get()) + LENGTH <= closedUntil; key = first()) {
            unsent.remove(key);
            StationUse use = StationUse.unpack(Objects.requireNonNull(store.get(key.get()), "kept until sent"));
            closed.window(start(key.get()), use);
            store.put(key.get(), use.asSent().pack(packer));
        }
        before(start(watermark - KEPT)).forEach(store::delete);
    }

    private @Nullable Bytes first() {
        return unsent.isEmpty() ? null : unsent.first();
    }

    private static long start(byte[] key) {
        return new Unpacker(key).takeSortable();
    }

    /** All before the first is deleted: nothing depends on what iterators see of changes. */
    private List<byte[]> before(long time) {
        List<byte[]> keys = new ArrayList<>();
        byte[] to = packer.reset().putSortable(time).toBytes();
        try (KeyValueIterator<byte[], byte[]> old = store.range(null, to)) {
            while (old.hasNext()) {
                KeyValue<byte[], byte[]> window = old.next();
                keys.add(window.key);
            }
        }
        return keys;
    }

    private byte[] key(long start, byte[] station) {
        return packer.reset().putSortable(start).putRaw(station, station.length).toBytes();
    }
}
