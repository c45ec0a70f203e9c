package dev.firn.sink.parquet;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Arrays that one file has done with, for the next one, and how much memory all files hold together. Arrays' lengths are
 * powers of two. Safe for use by many threads.
 */
final class ArrayPool {
    private static final int SMALLEST = 16;

    private final long maxIdle;
    private final AtomicLong idle = new AtomicLong();
    private final AtomicLong held = new AtomicLong();
    private final Shelves<byte[]> bytes = new Shelves<>(byte[]::new, Byte.BYTES);
    private final Shelves<int[]> ints = new Shelves<>(int[]::new, Integer.BYTES);
    private final Shelves<long[]> longs = new Shelves<>(long[]::new, Long.BYTES);

    /** Keeps so many bytes at most for later. */
    ArrayPool(long maxIdle) {
        this.maxIdle = maxIdle;
    }

    /** Bytes that were taken and not given back. */
    long held() {
        return held.get();
    }

    /** Counts what is taken elsewhere, or, if it is less than nothing, given back. */
    void hold(long more) {
        held.addAndGet(more);
    }

    Shelves<byte[]> bytes() {
        return bytes;
    }

    Shelves<int[]> ints() {
        return ints;
    }

    Shelves<long[]> longs() {
        return longs;
    }

    /** Arrays of one type. */
    final class Shelves<A> {
        private final IntFunction<A> maker;
        private final int itemSize;
        private final Deque<A>[] bySize;

        @SuppressWarnings({"unchecked", "rawtypes"}) // no array of a generic type can be made otherwise
        private Shelves(IntFunction<A> maker, int itemSize) {
            this.maker = maker;
            this.itemSize = itemSize;
            this.bySize = IntStream.range(0, Integer.SIZE)
                    .mapToObj(i -> new ConcurrentLinkedDeque())
                    .toArray(Deque[]::new);
        }

        /** What an array of the length takes. */
        long size(int length) {
            return (long) length * itemSize;
        }

        /** An array of at least this length, with whatever is in it. */
        A take(int atLeast) {
            int shelf = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(atLeast, SMALLEST) - 1);
            hold(size(1 << shelf));
            A array = bySize[shelf].pollFirst();
            if (array == null) {
                return maker.apply(1 << shelf);
            }
            idle.addAndGet(-size(1 << shelf));
            return array;
        }

        void giveBack(A array, int length) {
            hold(-size(length));
            if (idle.addAndGet(size(length)) > maxIdle) {
                idle.addAndGet(-size(length));
            } else {
                bySize[Integer.numberOfTrailingZeros(length)].addFirst(array);
            }
        }
    }
}
