package dev.firn.sink.consume;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waits by sleeping. An interrupt ends the wait. */
record ThreadPatience(Clock clock) implements Patience {
    private static final Duration NAP = Duration.ofMillis(10);

    @Override
    public boolean until(BooleanSupplier done, Duration atMost) {
        Instant end = clock.instant().plus(atMost);
        try {
            while (!done.getAsBoolean()) {
                if (clock.instant().isAfter(end)) {
                    return false;
                }
                Thread.sleep(NAP.toMillis());
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
