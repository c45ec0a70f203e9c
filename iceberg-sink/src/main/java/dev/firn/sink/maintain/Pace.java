package dev.firn.sink.maintain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Keeps work to a share of the time: after each short piece of it comes a rest. For one thread. */
final class Pace {
    /** So much is done without a rest, where the work is in small steps. */
    private static final Duration PIECE = Duration.ofMillis(10);

    private static final int ALL = 100;

    private final Clock clock;
    private final Consumer<Duration> rest;
    private final int percent;
    private Instant began;

    /** Begins.
     *
     * @param percent of the time, that work goes on
     * @param rest leaves the machine to others for a time
     */
    Pace(Clock clock, int percent, Consumer<Duration> rest) {
        this.clock = clock;
        this.rest = rest;
        this.percent = percent;
        this.began = clock.instant();
    }

    /** Without a rest. */
    static Pace unbroken(Clock clock) {
        return new Pace(clock, ALL, time -> {});
    }

    /** A step was done: rests if it is time to. */
    void step() {
        Duration worked = Duration.between(began, clock.instant());
        if (worked.compareTo(PIECE) >= 0) {
            rest.accept(worked.multipliedBy(ALL - percent).dividedBy(percent));
            began = clock.instant();
        }
    }
}
