package dev.firn.sink.consume;

import java.util.Map;
import java.util.Set;

/** Tells what topics' names stand for now. Safe for use by many threads. */
@FunctionalInterface
interface Origins {
    /** The origins of those of the topics that exist.
     *
     * @throws RuntimeException if the broker can't be asked
     */
    Map<String, Origin> of(Set<String> topics);
}
