package dev.firn.sink.consume;

import java.time.Duration;
import java.time.Instant;

/** When a window closes: on the first of these, but never before the table's window ahead of it is settled.
 *
 * @param interval since its first record; as long as the window ahead takes, if that is longer
 * @param bytes of its files
 * @param memory that all open files and windows of the process may hold; past it each lane closes its largest window
 */
public record WindowLimits(Duration interval, long bytes, long records, long memory) {
    /** How much longer a window waits that has nothing for its table. */
    private static final int PATIENCE = 12;

    boolean reachedBy(OpenWindow window, Instant now) {
        Duration patience = window.isEmpty() ? interval.multipliedBy(PATIENCE) : interval;
        return !now.isBefore(window.openedAt().plus(patience)) || isFull(window);
    }

    /** Whether it must not take in more, however long it has to wait. */
    boolean isFull(OpenWindow window) {
        return window.records() >= records || window.bytes() >= bytes;
    }
}
