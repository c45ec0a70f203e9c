package dev.firn.sink.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Distinct byte strings, each with an index in the order in which they came first, kept as a dictionary page holds them.
 * For one thread at a time.
 */
final class BytesDictionary {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FIRST_SLOTS = 32;

    private final Buffers buffers;
    private final Bytes entries;
    /** Where each entry's bytes begin, above how many they are. */
    private long[] spans;

    private int size;
    /** A hash above an index plus one, 0 for none. Never more than half full. */
    private long[] slots;

    BytesDictionary(Buffers buffers) {
        this.buffers = buffers;
        this.entries = new Bytes(buffers);
        this.spans = buffers.longs(FIRST_SLOTS / 2);
        this.slots = buffers.zeroLongs(FIRST_SLOTS);
    }

    int size() {
        return size;
    }

    /** All entries, each behind its length. */
    Bytes entries() {
        return entries;
    }

    int start(int index) {
        return (int) (spans[index] >>> Integer.SIZE);
    }

    int length(int index) {
        return (int) spans[index];
    }

    int indexOf(byte[] bytes, int from, int length) {
        int hash = hash(bytes, from, length);
        int slot = hash & (slots.length - 1);
        for (long entry = slots[slot]; entry != 0; entry = slots[slot]) {
            if ((int) (entry >>> Integer.SIZE) == hash) {
                int index = (int) entry - 1;
                if (isAt(index, bytes, from, length)) {
                    return index;
                }
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return add(bytes, from, length, hash, slot);
    }

    private boolean isAt(int index, byte[] bytes, int from, int length) {
        return length(index) == length && areEqual(entries.array(), start(index), bytes, from, length);
    }

    /** Inlined, which pays for the short strings that repeat. */
    private static boolean areEqual(byte[] one, int oneFrom, byte[] other, int otherFrom, int length) {
        if (length < Long.BYTES) {
            for (int i = 0; i < length; i++) {
                if (one[oneFrom + i] != other[otherFrom + i]) {
                    return false;
                }
            }
            return true;
        }
        int last = length - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            if ((long) LONGS.get(one, oneFrom + i) != (long) LONGS.get(other, otherFrom + i)) {
                return false;
            }
        }
        return (long) LONGS.get(one, oneFrom + last) == (long) LONGS.get(other, otherFrom + last);
    }

    private int add(byte[] bytes, int from, int length, int hash, int slot) {
        if (size == spans.length) {
            spans = buffers.grown(spans, size);
        }
        entries.putInt(length);
        spans[size++] = ((long) entries.size() << Integer.SIZE) | length;
        entries.put(bytes, from, length);
        slots[slot] = ((long) hash << Integer.SIZE) | size;
        if (size * 2 > slots.length) {
            rehash();
        }
        return size - 1;
    }

    private void rehash() {
        long[] before = slots;
        slots = buffers.zeroLongs(before.length * 2);
        for (long entry : before) {
            if (entry != 0) {
                int slot = (int) (entry >>> Integer.SIZE) & (slots.length - 1);
                while (slots[slot] != 0) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                slots[slot] = entry;
            }
        }
        buffers.release(before);
    }

    private static int hash(byte[] bytes, int from, int length) {
        long hash = Hash.begin(length);
        if (length >= Long.BYTES) {
            int last = from + length - Long.BYTES;
            for (int at = from; at < last; at += Long.BYTES) {
                hash = Hash.mix(hash ^ (long) LONGS.get(bytes, at));
            }
            hash ^= (long) LONGS.get(bytes, last);
        } else if (length >= Integer.BYTES) {
            hash ^= ((long) (int) INTS.get(bytes, from) << Integer.SIZE)
                    ^ (int) INTS.get(bytes, from + length - Integer.BYTES);
        } else {
            for (int i = 0; i < length; i++) {
                hash ^= (bytes[from + i] & 0xffL) << (i * Byte.SIZE);
            }
        }
        return (int) Hash.mix(hash);
    }

    void release() {
        entries.release();
        buffers.release(spans);
        buffers.release(slots);
    }
}
