package dev.firn.sink.parquet;

import java.util.Arrays;

/** The arrays that one file holds, and how many bytes they are. For one thread at a time. */
final class Buffers {
    private final ArrayPool pool;
    private long held;

    Buffers(ArrayPool pool) {
        this.pool = pool;
    }

    long held() {
        return held;
    }

    /** Counts what is no array, or, if it is less than nothing, that it is gone. */
    void hold(long more) {
        held += more;
        pool.hold(more);
    }

    byte[] bytes(int atLeast) {
        byte[] array = pool.bytes().take(atLeast);
        held += pool.bytes().size(array.length);
        return array;
    }

    int[] ints(int atLeast) {
        int[] array = pool.ints().take(atLeast);
        held += pool.ints().size(array.length);
        return array;
    }

    /** All zero. */
    long[] zeroLongs(int atLeast) {
        long[] array = longs(atLeast);
        Arrays.fill(array, 0);
        return array;
    }

    long[] longs(int atLeast) {
        long[] array = pool.longs().take(atLeast);
        held += pool.longs().size(array.length);
        return array;
    }

    /** A larger array that begins with what was used of this one. */
    byte[] grown(byte[] array, int used, int atLeast) {
        byte[] larger = bytes(atLeast);
        System.arraycopy(array, 0, larger, 0, used);
        release(array);
        return larger;
    }

    int[] grown(int[] array, int used) {
        int[] larger = ints(array.length * 2);
        System.arraycopy(array, 0, larger, 0, used);
        release(array);
        return larger;
    }

    long[] grown(long[] array, int used) {
        long[] larger = longs(array.length * 2);
        System.arraycopy(array, 0, larger, 0, used);
        release(array);
        return larger;
    }

    void release(byte[] array) {
        held -= pool.bytes().size(array.length);
        pool.bytes().giveBack(array, array.length);
    }

    void release(int[] array) {
        held -= pool.ints().size(array.length);
        pool.ints().giveBack(array, array.length);
    }

    void release(long[] array) {
        held -= pool.longs().size(array.length);
        pool.longs().giveBack(array, array.length);
    }
}
