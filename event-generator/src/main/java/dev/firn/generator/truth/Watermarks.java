package dev.firn.generator.truth;

import java.time.Duration;
import java.util.Arrays;

/** How far event time has got in each partition, and when an event is too late for the windows. */
final class Watermarks {
    /** Before all time: nothing seen yet. */
    static final long NONE = Long.MIN_VALUE;

    private final long grace;
    private final long[] newest;

    Watermarks(int partitions, Duration grace) {
        this.grace = grace.toNanos() / 1_000;
        this.newest = new long[partitions];
        Arrays.fill(newest, NONE);
    }

    /** Whether an event with this time comes too late, as things stand before it. */
    boolean isLate(int partition, long eventTime) {
        return eventTime < of(partition);
    }

    void advance(int partition, long eventTime) {
        newest[partition] = Math.max(newest[partition], eventTime);
    }

    /** No event of the partition before this time is still waited for. */
    long of(int partition) {
        return newest[partition] == NONE ? NONE : newest[partition] - grace;
    }

    /** The least of all partitions. */
    long least() {
        long least = Long.MAX_VALUE;
        for (int partition = 0; partition < newest.length; partition++) {
            least = Math.min(least, of(partition));
        }
        return least;
    }
}
