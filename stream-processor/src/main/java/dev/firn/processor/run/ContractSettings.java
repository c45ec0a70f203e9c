package dev.firn.processor.run;

import java.time.Duration;
import java.util.regex.Pattern;

/** How topics are taken up by their contracts alone.
 *
 * @param topics their names
 * @param interval how often Kafka and the registry are asked for new ones
 * @param threads of each topic
 * @param cacheBytes of each topic
 * @param filterBytes of memory that each partition has to know new ids by
 * @param grace a record that is older than its partition's newest by more is late
 * @param maxAhead an event that is ahead of both its record's timestamp and its partition's newest by more is refused
 * @param patience of wall clock time that a record waits for what it refers to
 * @param retry how often it is looked at
 * @param emitInterval of wall clock time between two versions of an aggregate, at least
 * @param largestRow in bytes
 */
public record ContractSettings(
        Pattern topics,
        Duration interval,
        int threads,
        long cacheBytes,
        long filterBytes,
        Duration grace,
        Duration maxAhead,
        Duration patience,
        Duration retry,
        Duration emitInterval,
        int largestRow) {}
