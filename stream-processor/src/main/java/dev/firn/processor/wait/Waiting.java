package dev.firn.processor.wait;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.quarantine.Source;
import dev.firn.processor.quarantine.Sources;
import dev.firn.quarantine.Replay;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Records of one task that wait for what they refer to, in a store: by time, so that those who have waited long enough are
 * the first, and by what they wait for, so that an arrival wakes those who wait for it and no one else. All are looked at
 * only where arrivals may have been missed: at the beginning, and after a time in which nobody could tell.
 */
public final class Waiting {
    /** Decides about records that wait. */
    public interface Visitor {
        /** Sends the record on if all is there.
         *
         * @return what is missing, if not
         */
        @Nullable
        Missing visit(Source source);

        /** The record has waited long enough. */
        void giveUp(Source source, Missing missing);
    }

    /** Those who have waited since then or longer have waited long enough.
     *
     * @param currentSince as {@link ReferenceProgress} has it
     */
    public record Now(long currentSince, long longEnoughSince) {
        /** Who waits finds all that came until its patience ended, however long it took to be taken in. */
        public static Now of(ReferenceProgress progress, long now, Duration patience) {
            long until = Math.min(now, progress.takenInUntil());
            return new Now(progress.currentSince(), until - patience.toMillis());
        }

        boolean isLongEnough(long since) {
            return since <= longEnoughSince;
        }
    }

    /** Some waiters for one reference are still to be looked at, from that key on. */
    private record Woken(Bytes awaited, Bytes from) {}

    private static final int BATCH = 64;
    private static final int HASHES = 1 << 16;
    private static final byte[] NOTHING = {};
    private static final Bytes UNKNOWN = Bytes.wrap(NOTHING);

    private final KeyValueStore<byte[], byte[]> store;
    private final Arrivals arrivals;
    private final AtomicLong total;
    private final WaitKeys keys = new WaitKeys();
    private final Packer packer = new Packer();
    /** Hashes of what is waited for: most arrivals concern no one. */
    private final BitSet wanted = new BitSet(HASHES);

    private final Deque<Woken> woken = new ArrayDeque<>();
    private long size;
    /** Since when the newest waits: no other comes before it, whatever the clock does. */
    private long newest = Long.MIN_VALUE;

    private long arrivedUntil;
    private long lookedAtAllSince = ReferenceProgress.BEHIND;
    private byte @Nullable [] restOfAll;

    /** @param total of all tasks */
    public Waiting(KeyValueStore<byte[], byte[]> store, Arrivals arrivals, AtomicLong total) {
        this.store = store;
        this.arrivals = arrivals;
        this.total = total;
        this.arrivedUntil = arrivals.end();
        try (KeyValueIterator<byte[], byte[]> all = store.range(keys.from(Long.MIN_VALUE), keys.end())) {
            all.forEachRemaining(one -> {
                size++;
                newest = WaitKeys.since(one.key);
                want(awaited(one.value));
            });
        }
        total.addAndGet(size);
    }

    /** Takes a record in.
     *
     * @param now epoch milliseconds
     * @param awaited what it waits for; null if nobody could tell yet
     */
    public void add(Source source, long now, @Nullable Bytes awaited) {
        newest = Math.max(newest, now);
        byte[] key = keys.byTime(newest, place(source));
        put(key, awaited == null ? UNKNOWN : awaited, Sources.pack(source));
        count(1);
    }

    /** A task reads two topics whose offsets are alike, and two records of one millisecond may not have the same key. */
    private static long place(Source source) {
        return Replay.isRetry(source.topic()) ? Long.MIN_VALUE + source.offset() : source.offset();
    }

    /** Looks at those who may be able to go on, and those who have waited long enough; the rest is for the next time. */
    public void look(Now now, Slice slice, Visitor visitor) {
        hear();
        if (size == 0) {
            return;
        }
        if (now.currentSince != lookedAtAllSince) {
            lookedAtAllSince = now.currentSince;
            restOfAll = keys.from(Long.MIN_VALUE);
        }
        giveUp(now, slice, visitor);
        wake(slice, visitor);
        lookAtAll(slice, visitor);
    }

    /** Whether someone waits. */
    public boolean isAny() {
        return size > 0;
    }

    /**
     * An offset of the raw topic, before which none waits, if all came in order; nothing where none waits.
     *
     * @param before the last answer: it stands while one that came back from quarantine is the first
     */
    public OptionalLong front(OptionalLong before) {
        try (KeyValueIterator<byte[], byte[]> all = store.range(keys.from(Long.MIN_VALUE), keys.end())) {
            if (!all.hasNext()) {
                return OptionalLong.empty();
            }
            long place = WaitKeys.placeOf(all.next().key);
            return place < 0 ? OptionalLong.of(before.orElse(0)) : OptionalLong.of(place);
        }
    }

    /** Looks at those who came first, as long as they may go on or have waited long enough; the others wait behind them. */
    public void lookInOrder(Now now, Slice slice, Visitor visitor) {
        List<KeyValue<byte[], byte[]>> first = some(keys.from(Long.MIN_VALUE), keys.end());
        while (!first.isEmpty() && !slice.isOver()) {
            for (KeyValue<byte[], byte[]> one : first) {
                Missing missing = visit(one, visitor);
                if (missing != null && !now.isLongEnough(WaitKeys.since(one.key))) {
                    return;
                }
                if (missing != null) {
                    visitor.giveUp(source(one.value), missing);
                    remove(one.key, missing.awaited());
                }
            }
            first = some(keys.from(Long.MIN_VALUE), keys.end());
        }
    }

    private void hear() {
        if (size == 0) {
            wanted.clear();
            woken.clear();
            arrivedUntil = arrivals.end();
            return;
        }
        Optional<List<Bytes>> arrived = arrivals.since(arrivedUntil);
        if (arrived.isEmpty()) {
            arrivedUntil = arrivals.end();
            restOfAll = keys.from(Long.MIN_VALUE);
            return;
        }
        arrivedUntil += arrived.get().size();
        arrived.get().stream()
                .filter(awaited -> wanted.get(hash(awaited)))
                .forEach(awaited -> woken.add(new Woken(awaited, Bytes.wrap(keys.from(awaited)))));
    }

    private void giveUp(Now now, Slice slice, Visitor visitor) {
        List<KeyValue<byte[], byte[]>> oldest = some(keys.from(Long.MIN_VALUE), keys.end());
        while (!oldest.isEmpty() && !slice.isOver()) {
            for (KeyValue<byte[], byte[]> one : oldest) {
                if (!now.isLongEnough(WaitKeys.since(one.key))) {
                    return;
                }
                Missing missing = visit(one, visitor);
                if (missing != null) {
                    visitor.giveUp(source(one.value), missing);
                    remove(one.key, missing.awaited());
                }
            }
            oldest = some(keys.from(Long.MIN_VALUE), keys.end());
        }
    }

    private void wake(Slice slice, Visitor visitor) {
        while (!woken.isEmpty() && !slice.isOver()) {
            Woken next = woken.remove();
            List<KeyValue<byte[], byte[]>> waiters = some(next.from.get(), keys.end(next.awaited));
            for (KeyValue<byte[], byte[]> waiter : waiters) {
                byte[] key = keys.byTime(waiter.key);
                visit(KeyValue.pair(key, store.get(key)), visitor);
            }
            if (waiters.size() == BATCH) {
                byte[] last = waiters.get(BATCH - 1).key;
                woken.addFirst(new Woken(next.awaited, Bytes.wrap(WaitKeys.after(last))));
            }
        }
    }

    private void lookAtAll(Slice slice, Visitor visitor) {
        while (restOfAll != null && !slice.isOver()) {
            List<KeyValue<byte[], byte[]>> some = some(restOfAll, keys.end());
            some.forEach(one -> visit(one, visitor));
            restOfAll = some.size() < BATCH ? null : WaitKeys.after(some.get(BATCH - 1).key);
        }
    }

    /** All before the first is deleted: what is deleted during an iteration can confuse it. */
    private List<KeyValue<byte[], byte[]>> some(byte[] from, byte[] to) {
        List<KeyValue<byte[], byte[]>> some = new ArrayList<>(BATCH);
        try (KeyValueIterator<byte[], byte[]> range = store.range(from, to)) {
            while (range.hasNext() && some.size() < BATCH) {
                some.add(range.next());
            }
        }
        return some;
    }

    private @Nullable Missing visit(KeyValue<byte[], byte[]> one, Visitor visitor) {
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

    private void put(byte[] key, Bytes awaited, byte[] packedSource) {
        byte[] value = packer.reset()
                .putBytes(awaited.get())
                .putRaw(packedSource, packedSource.length)
                .toBytes();
        store.put(key, value);
        if (!awaited.equals(UNKNOWN)) {
            store.put(keys.byAwaited(awaited, key), NOTHING);
            want(awaited);
        }
    }

    private void remove(byte[] key, Bytes awaited) {
        store.delete(key);
        forgetAwaited(key, awaited);
        count(-1);
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
    public void close() {
        total.addAndGet(-size);
    }
}
