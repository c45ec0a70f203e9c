package dev.firn.processor.topology;

import dev.firn.processor.dedup.TimelineProcessor;
import java.time.Duration;

/** What the topologies can be told.
 *
 * @param partitions of raw topics: what is made of all of a topic's waits for all of them
 * @param grace an event older than its partition's newest by more than this is late
 * @param maxAhead an event that is ahead of both its record's timestamp and its partition's newest by more is refused
 * @param dedupFilterBytes of memory that all partitions together have to know new event ids by
 * @param sessionGap between events of one session, at most
 * @param idleTimeout of wall clock time, after which nothing waits for a silent partition
 * @param referenceWait of wall clock time that a transaction waits for what it refers to
 * @param referenceRetry how often it is looked at
 * @param emitInterval of wall clock time, between two versions of an aggregate's row, at least
 * @param salesRetention a sale that is older than its partition's newest by more than this counts in no row of a period
 * @param largestRow in bytes
 */
public record Settings(
        Partitions partitions,
        Duration grace,
        Duration maxAhead,
        long dedupFilterBytes,
        Duration sessionGap,
        Duration idleTimeout,
        Duration referenceWait,
        Duration referenceRetry,
        Duration emitInterval,
        Duration salesRetention,
        int largestRow) {
    /** How many each of those topics has that are waited for. */
    public record Partitions(int activity, int transactions) {}

    private static final int ROW_BYTES = 4_000_000;
    private static final long FILTER_BYTES = 32L << 20;

    /** Of time lines. */
    TimelineProcessor.Bounds bounds() {
        return new TimelineProcessor.Bounds(grace, maxAhead);
    }

    /** As documented. */
    public static Settings defaults(Partitions partitions) {
        return new Settings(
                partitions,
                Duration.ofMinutes(5),
                Duration.ofDays(7),
                FILTER_BYTES,
                Duration.ofMinutes(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                Duration.ofDays(400),
                ROW_BYTES);
    }
}
