package dev.firn.sink.maintain;

import java.util.function.LongSupplier;

/** What is left of the memory that ingestion may hold, lent to one thread at a time. Any thread may look. */
public final class SpareMemory {
    private final long limit;
    private final LongSupplier others;
    private volatile long held;

    /** All that the others don't hold.
     *
     * @param limit in bytes, of all together
     * @param others bytes that these hold now
     */
    public SpareMemory(long limit, LongSupplier others) {
        this.limit = limit;
        this.others = others;
    }

    /** Takes as many bytes, unless there are fewer. */
    boolean take(long bytes) {
        boolean isThere = others.getAsLong() + bytes <= limit;
        held = isThere ? bytes : 0;
        return isThere;
    }

    void giveBack() {
        held = 0;
    }

    /** Bytes that are lent now. */
    public long held() {
        return held;
    }
}
