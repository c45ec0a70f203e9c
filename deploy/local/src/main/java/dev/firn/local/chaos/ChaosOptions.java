package dev.firn.local.chaos;

import java.time.Duration;

/**
 * What the user wants.
 *
 * @param time for which faults come
 * @param rate events per second
 */
record ChaosOptions(long seed, Duration time, long rate) {
    /** What does the same once more. */
    String command() {
        return "firn chaos --seed %d --for %ds --rate %d".formatted(seed, time.toSeconds(), rate);
    }
}
