package dev.firn.processor.topology;

import java.time.Duration;

/** What the topologies can be told.
 *
 * @param activityPartitions of raw.activity: minutes wait for all of them
 * @param grace an event older than its partition's newest by more than this is late
 * @param dedupFilterBytes of memory that all partitions together have to know new event ids by
 * @param sessionGap between events of one session, at most
 * @param idleTimeout of wall clock time, after which minutes don't wait for a silent partition
 * @param referenceWait of wall clock time that a transaction waits for what it refers to
 * @param referenceRetry how often it is looked at
 * @param emitInterval of wall clock time, between two versions of an aggregate's row, at least
 * @param largestRow in bytes
 */
public record Settings(
        int activityPartitions,
        Duration grace,
        long dedupFilterBytes,
        Duration sessionGap,
        Duration idleTimeout,
        Duration referenceWait,
        Duration referenceRetry,
        Duration emitInterval,
        int largestRow) {
    private static final int ROW_BYTES = 4_000_000;
    private static final long FILTER_BYTES = 32L << 20;

    /** As documented, for so many partitions. */
    public static Settings defaults(int activityPartitions) {
        return new Settings(
                activityPartitions,
                Duration.ofMinutes(5),
                FILTER_BYTES,
                Duration.ofMinutes(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                ROW_BYTES);
    }
}
