package dev.firn.sink.consume;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for others to make something true. */
@FunctionalInterface
interface Patience {
    /** Asks again and again, until it is true or the time is up.
     *
     * @return whether it is true
     */
    boolean until(BooleanSupplier done, Duration atMost);
}
