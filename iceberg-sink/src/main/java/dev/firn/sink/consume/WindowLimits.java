package dev.firn.sink.consume;

import java.time.Duration;
import java.time.Instant;

/** When a window closes: on the first of these.
 *
 * @param interval since its first record
 * @param bytes of its files
 * @param memory that all open files of the process may hold; past it each lane closes its largest window
 */
public record WindowLimits(Duration interval, long bytes, long records, long memory) {
    boolean reachedBy(OpenWindow window, Instant now) {
        return !now.isBefore(window.openedAt().plus(interval))
                || window.records() >= records
                || window.bytes() >= bytes;
    }
}
