package dev.firn.processor.aggregate;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What one partition has seen, and where, to count it once. Each thing is forgotten so many days after it was last seen, by
 * the newest date that the partition has had.
 */
final class Seen {
    static final int FOR_EVER = Integer.MAX_VALUE;

    private static final int NEWEST = 0;
    private static final int THING = 1;
    private static final int BY_DAY = 2;
    private static final byte[] NOTHING = {};
    private static final List<byte[]> ANYWHERE = List.of(NOTHING);

    private final KeyValueStore<byte[], byte[]> store;
    private final Packer packer = new Packer();
    private long today;

    Seen(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
        byte[] newest = store.get(key(NEWEST));
        this.today = newest == null ? Long.MIN_VALUE : new Unpacker(newest).takeSortable();
    }

    /** The newest date, in days since 1970; {@link Long#MIN_VALUE} before the first. */
    long today() {
        return today;
    }

    /** A date has come, in days since 1970: if it is the newest so far, what is due is forgotten. */
    void advance(long date) {
        if (date <= today) {
            return;
        }
        today = date;
        store.put(key(NEWEST), packer.reset().putSortable(date).toBytes());
        for (byte[] byDay : due()) {
            store.delete(byDay);
            Unpacker key = new Unpacker(byDay, 1 + Long.BYTES);
            store.delete(thing(key.takeRest()));
        }
    }

    /** All before the first is deleted: what is deleted during an iteration can confuse it. */
    private List<byte[]> due() {
        byte[] from = packer.reset().putByte(BY_DAY).putSortable(Long.MIN_VALUE).toBytes();
        byte[] to = packer.reset().putByte(BY_DAY).putSortable(today).toBytes();
        List<byte[]> due = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> range = store.range(from, to)) {
            range.forEachRemaining(one -> due.add(one.key));
        }
        return due;
    }

    /** Whether the thing has not been seen yet, or is forgotten. */
    boolean isFirst(byte[] thing, int days) {
        return firsts(thing, ANYWHERE, days).get(0);
    }

    /** In which of the places, by their numbers, the thing has not been seen yet.
     *
     * @param days after which it is forgotten, everywhere
     */
    BitSet firsts(byte[] thing, List<byte[]> places, int days) {
        byte[] key = thing(thing);
        byte[] before = store.get(key);
        long untilBefore = before == null ? Long.MIN_VALUE : new Unpacker(before).takeSortable();
        long until = days == FOR_EVER ? Long.MAX_VALUE : Math.max(untilBefore, today + days);
        Set<Bytes> known = places(before);
        BitSet firsts = new BitSet(places.size());
        for (int place = 0; place < places.size(); place++) {
            firsts.set(place, known.add(Bytes.wrap(places.get(place))));
        }
        if (!firsts.isEmpty() || until != untilBefore) {
            store.put(key, packed(until, known));
            remember(thing, untilBefore, until);
        }
        return firsts;
    }

    private void remember(byte[] thing, long untilBefore, long until) {
        if (until == untilBefore || until == Long.MAX_VALUE) {
            return;
        }
        if (untilBefore != Long.MIN_VALUE) {
            store.delete(byDay(untilBefore, thing));
        }
        store.put(byDay(until, thing), NOTHING);
    }

    private byte[] packed(long until, Set<Bytes> places) {
        packer.reset().putSortable(until);
        places.forEach(place -> packer.putBytes(place.get()));
        return packer.toBytes();
    }

    private static Set<Bytes> places(byte @Nullable [] packed) {
        Set<Bytes> places = new HashSet<>();
        if (packed != null) {
            Unpacker in = new Unpacker(packed, Long.BYTES);
            while (in.hasMore()) {
                places.add(Bytes.wrap(in.takeBytes()));
            }
        }
        return places;
    }

    private byte[] key(int kind) {
        return packer.reset().putByte(kind).toBytes();
    }

    private byte[] thing(byte[] thing) {
        return packer.reset().putByte(THING).putRaw(thing, thing.length).toBytes();
    }

    private byte[] byDay(long day, byte[] thing) {
        return packer.reset()
                .putByte(BY_DAY)
                .putSortable(day)
                .putRaw(thing, thing.length)
                .toBytes();
    }
}
