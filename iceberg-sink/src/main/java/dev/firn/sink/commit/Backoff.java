package dev.firn.sink.commit;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before a repetition: doubled each time up to a limit, with jitter, so that instances don't march in step. */
public final class Backoff {
    private static final int DOUBLINGS = 20;

    private final Duration first;
    private final Duration most;
    private final RandomGenerator random;

    public Backoff(Duration first, Duration most, RandomGenerator random) {
        this.first = first;
        this.most = most;
        this.random = random;
    }

    /** Between half and all of {@code first * 2^failures}, at most {@code most}.
     *
     * @param failures in a row before this wait, from 0
     */
    public Duration wait(int failures) {
        long full = Math.min(most.toMillis(), first.toMillis() << Math.min(failures, DOUBLINGS));
        return Duration.ofMillis(full - (long) (random.nextDouble() * full / 2));
    }
}
