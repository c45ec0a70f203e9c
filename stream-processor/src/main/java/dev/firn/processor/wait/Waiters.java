package dev.firn.processor.wait;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.quarantine.Source;
import dev.firn.processor.quarantine.Sources;
import dev.firn.quarantine.Replay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Records of one task that wait, in a store, each with what it waits for: by time, and, as keys without a value, by what they
 * wait for. For one thread.
 */
final class Waiters {
    /** As many are looked at before the next are read. */
    static final int BATCH = 64;

    private static final int HASHES = 1 << 16;
    private static final byte[] NOTHING = {};
    private static final Bytes UNKNOWN = Bytes.wrap(NOTHING);

    private final KeyValueStore<byte[], byte[]> store;
    private final AtomicLong total;
    private final WaitKeys keys = new WaitKeys();
    private final Packer packer = new Packer();
    /** Hashes of what is waited for: most arrivals concern no one. */
    private final BitSet wanted = new BitSet(HASHES);

    /** No one waits before: what was deleted there need not be passed over again and again. */
    private byte[] first = keys.from(Long.MIN_VALUE);

    private long size;
    /** Since when the newest waits: no other comes before it, whatever the clock does. */
    private long newest = Long.MIN_VALUE;

    /** @param total of all tasks */
    Waiters(KeyValueStore<byte[], byte[]> store, AtomicLong total) {
        this.store = store;
        this.total = total;
        try (KeyValueIterator<byte[], byte[]> all = all()) {
            all.forEachRemaining(one -> {
                size++;
                newest = WaitKeys.since(one.key);
                want(awaited(one.value));
            });
        }
        total.addAndGet(size);
    }

    private KeyValueIterator<byte[], byte[]> all() {
        return store.range(keys.from(Long.MIN_VALUE), keys.end());
    }

    boolean isAny() {
        return size > 0;
    }

    /** Whether someone may wait for it. */
    boolean mayAwait(Bytes reference) {
        return wanted.get(hash(reference));
    }

    /** Takes a record in.
     *
     * @param now epoch milliseconds
     * @param awaited what it waits for; null if nobody could tell yet
     */
    void add(Source source, long now, @Nullable Bytes awaited) {
        newest = Math.max(newest, now);
        put(keys.byTime(newest, place(source)), awaited == null ? UNKNOWN : awaited, Sources.pack(source));
        count(1);
    }

    /** A task reads two topics whose offsets are alike, and two records of one millisecond may not have the same key. */
    private static long place(Source source) {
        return Replay.isRetry(source.topic()) ? Long.MIN_VALUE + source.offset() : source.offset();
    }

    /** As {@link Waiting#front} has it. */
    OptionalLong front(OptionalLong before) {
        try (KeyValueIterator<byte[], byte[]> all = all()) {
            if (!all.hasNext()) {
                return OptionalLong.empty();
            }
            long place = WaitKeys.placeOf(all.next().key);
            return place < 0 ? OptionalLong.of(before.orElse(0)) : OptionalLong.of(place);
        }
    }

    /** Those who have waited longest, so many at most. */
    List<KeyValue<byte[], byte[]>> oldest(int most) {
        List<KeyValue<byte[], byte[]>> oldest = some(first, keys.end(), most);
        if (!oldest.isEmpty()) {
            first = oldest.get(0).key;
        }
        return oldest;
    }

    /** The next ones by time. */
    List<KeyValue<byte[], byte[]>> from(byte[] key) {
        return some(key, keys.end(), BATCH);
    }

    /** Before all of them, by time. */
    byte[] beginning() {
        return keys.from(Long.MIN_VALUE);
    }

    /** Before all who wait for that reference. */
    Bytes beginning(Bytes reference) {
        return Bytes.wrap(keys.from(reference));
    }

    /** Keys of the next ones who wait for that reference. */
    List<byte[]> awaiting(Bytes reference, Bytes from) {
        return some(from.get(), keys.end(reference), BATCH).stream()
                .map(one -> one.key)
                .toList();
    }

    /** One of {@link #awaiting}. */
    KeyValue<byte[], byte[]> of(byte[] awaiting) {
        byte[] key = keys.byTime(awaiting);
        return KeyValue.pair(key, store.get(key));
    }

    /** All before the first is deleted: what is deleted during an iteration can confuse it. */
    private List<KeyValue<byte[], byte[]>> some(byte[] from, byte[] to, int most) {
        List<KeyValue<byte[], byte[]>> some = new ArrayList<>(most);
        try (KeyValueIterator<byte[], byte[]> range = store.range(from, to)) {
            while (range.hasNext() && some.size() < most) {
                some.add(range.next());
            }
        }
        return some;
    }

    /** Lets the visitor decide: the record has gone on, or is still there.
     *
     * @return what is missing then
     */
    @Nullable
    Missing visit(KeyValue<byte[], byte[]> one, Waiting.Visitor visitor) {
        Bytes before = awaited(one.value);
        Missing missing = visitor.visit(source(one.value));
        if (missing == null) {
            remove(one.key, before);
        } else if (!missing.awaited().equals(before)) {
            forgetAwaited(one.key, before);
            put(one.key, missing.awaited(), packed(one.value));
        }
        return missing;
    }

    /** It waits no longer. */
    void giveUp(KeyValue<byte[], byte[]> one, Missing missing, Waiting.Visitor visitor) {
        visitor.giveUp(source(one.value), missing);
        remove(one.key, missing.awaited());
    }

    private void put(byte[] key, Bytes awaited, byte[] packedSource) {
        byte[] value = packer.reset()
                .putBytes(awaited.get())
                .putRaw(packedSource, packedSource.length)
                .toBytes();
        store.put(key, value);
        if (Arrays.compareUnsigned(key, first) < 0) {
            // of the same millisecond, and with a lesser place
            first = key;
        }
        if (!awaited.equals(UNKNOWN)) {
            store.put(keys.byAwaited(awaited, key), NOTHING);
            want(awaited);
        }
    }

    private void remove(byte[] key, Bytes awaited) {
        store.delete(key);
        forgetAwaited(key, awaited);
        count(-1);
        if (size == 0) {
            wanted.clear();
        }
    }

    private void forgetAwaited(byte[] key, Bytes awaited) {
        if (!awaited.equals(UNKNOWN)) {
            store.delete(keys.byAwaited(awaited, key));
        }
    }

    private void want(Bytes awaited) {
        wanted.set(hash(awaited));
    }

    private static int hash(Bytes awaited) {
        return Math.floorMod(awaited.hashCode(), HASHES);
    }

    private static Bytes awaited(byte[] value) {
        return Bytes.wrap(new Unpacker(value).takeBytes());
    }

    private static byte[] packed(byte[] value) {
        Unpacker in = new Unpacker(value);
        in.takeBytes();
        return in.takeRest();
    }

    private static Source source(byte[] value) {
        return Sources.unpack(packed(value));
    }

    private void count(int more) {
        size += more;
        total.addAndGet(more);
    }

    /** The task goes elsewhere. */
    void close() {
        total.addAndGet(-size);
    }
}
