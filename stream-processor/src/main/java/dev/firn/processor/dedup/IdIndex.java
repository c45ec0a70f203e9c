package dev.firn.processor.dedup;

import java.util.Arrays;

/**
 * A hash table from 128-bit ids to the time they were seen, 24 bytes an entry: open addressing with linear probing, and no
 * tombstones.
 */
final class IdIndex {
    static final long ABSENT = Long.MIN_VALUE;

    private static final int LEAST = 1024;

    private long[] high = new long[LEAST];
    private long[] low = new long[LEAST];
    private long[] seenAt = empty(LEAST);
    private int size;

    int size() {
        return size;
    }

    /** When the id was seen, or {@link #ABSENT}. */
    long get(long idHigh, long idLow) {
        return seenAt[slot(idHigh, idLow)];
    }

    /** @param at not {@link #ABSENT} */
    void put(long idHigh, long idLow, long at) {
        int slot = slot(idHigh, idLow);
        if (seenAt[slot] == ABSENT) {
            size++;
        }
        set(slot, idHigh, idLow, at);
        if (size > seenAt.length / 3 * 2) {
            resize();
        }
    }

    /** Removes the id if it was last seen at that time. */
    void remove(long idHigh, long idLow, long at) {
        int hole = slot(idHigh, idLow);
        if (seenAt[hole] != at) {
            return;
        }
        size--;
        int mask = seenAt.length - 1;
        for (int next = (hole + 1) & mask; seenAt[next] != ABSENT; next = (next + 1) & mask) {
            int home = (int) low[next] & mask;
            // the entry may move into the hole unless its home lies cyclically in (hole, next]
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                set(hole, high[next], low[next], seenAt[next]);
                hole = next;
            }
        }
        seenAt[hole] = ABSENT;
    }

    /** Where the id is, or the free slot where it would be. The ids are hashes: their low bits are good as they are. */
    private int slot(long idHigh, long idLow) {
        int mask = seenAt.length - 1;
        int slot = (int) idLow & mask;
        while (seenAt[slot] != ABSENT && (low[slot] != idLow || high[slot] != idHigh)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void set(int slot, long idHigh, long idLow, long at) {
        high[slot] = idHigh;
        low[slot] = idLow;
        seenAt[slot] = at;
    }

    private void resize() {
        long[] oldHigh = high;
        long[] oldLow = low;
        long[] oldSeenAt = seenAt;
        int capacity = oldSeenAt.length * 2;
        high = new long[capacity];
        low = new long[capacity];
        seenAt = empty(capacity);
        for (int i = 0; i < oldSeenAt.length; i++) {
            if (oldSeenAt[i] != ABSENT) {
                set(slot(oldHigh[i], oldLow[i]), oldHigh[i], oldLow[i], oldSeenAt[i]);
            }
        }
    }

    private static long[] empty(int capacity) {
        long[] slots = new long[capacity];
        Arrays.fill(slots, ABSENT);
        return slots;
    }
}
