package dev.firn.sink.maintain;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Table;

/** Up to which sequence number partitions have been quiet, by when something came into them last.
 *
 * @param settled of what came in longer ago than partitions take to settle
 * @param over the same, of what nothing more is expected for
 */
record Quiet(long settled, long over) {
    /** As if nothing came in any more. */
    static final Quiet ALL = new Quiet(Long.MAX_VALUE, Long.MAX_VALUE);
    /** So many times as long as it takes to settle. */
    private static final int OVER = 24;

    static Quiet of(Table table, Duration settle, Instant now) {
        return new Quiet(
                sequenceNumber(table, now.minus(settle)), sequenceNumber(table, now.minus(settle.multipliedBy(OVER))));
    }

    /** The last one that was there at a time, or before the oldest snapshot that is left. */
    private static long sequenceNumber(Table table, Instant time) {
        return StreamSupport.stream(table.snapshots().spliterator(), false)
                .filter(it -> it.timestampMillis() >= time.toEpochMilli())
                .mapToLong(it -> it.sequenceNumber() - 1)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    boolean isSettled(long newest) {
        return newest <= settled;
    }

    boolean isOver(long newest) {
        return newest <= over;
    }
}
