package dev.firn.generator.publish;

import java.util.function.LongSupplier;

/**
 * Tells how long to wait before the next event. After a standstill it goes on at its rate; it does not catch up with a
 * flood. Not safe for several threads.
 */
public final class Pace {
    /** Sleeping is worth it from here on; so single events may be this much early. */
    static final long SHORTEST_NANOS = 2_000_000;

    private static final long LONGEST_DELAY_NANOS = 1_000_000_000;
    private static final double NANOS = 1e9;

    private final Shape shape;
    private final LongSupplier nanoTime;
    private double rate;
    private long since;
    private long events;

    public Pace(Shape shape, LongSupplier nanoTime) {
        this.shape = shape;
        this.nanoTime = nanoTime;
    }

    /** From now on at this many events per second; 0 is as fast as can be. */
    public void rate(double eventsPerSecond) {
        rate = eventsPerSecond;
        restart(nanoTime.getAsLong());
    }

    double rate() {
        return rate;
    }

    /** Nanoseconds that the next event is too early; 0 if it may go. */
    public long early() {
        if (rate == 0) {
            return 0;
        }
        long now = nanoTime.getAsLong();
        long due = since + (long) (shape.secondsFor(events / rate) * NANOS);
        if (now - due > LONGEST_DELAY_NANOS) {
            restart(now);
            return 0;
        }
        long early = due - now;
        return early < SHORTEST_NANOS ? 0 : early;
    }

    /** An event has gone. */
    public void gone() {
        events++;
    }

    private void restart(long now) {
        since = now;
        events = 0;
    }
}
