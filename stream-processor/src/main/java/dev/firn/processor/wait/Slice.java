package dev.firn.processor.wait;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A piece of time to work in.
 *
 * @param nanoTime a clock, as {@link System#nanoTime}
 */
public record Slice(LongSupplier nanoTime, long begin, long nanos) {
    /** Begins now. */
    public static Slice of(Duration length, LongSupplier nanoTime) {
        return new Slice(nanoTime, nanoTime.getAsLong(), length.toNanos());
    }

    boolean isOver() {
        return nanoTime.getAsLong() - begin >= nanos;
    }
}
