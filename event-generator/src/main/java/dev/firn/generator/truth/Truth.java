package dev.firn.generator.truth;

import java.util.List;
import java.util.Map;

/**
 * What the tables must hold.
 *
 * @param events of the main sequence, without the reference data
 * @param complete whether it covers everything that was sent; else some records are still on their way
 * @param topics by name
 * @param personal what must be nowhere in silver and gold
 */
public record Truth(
        long seed,
        long events,
        boolean complete,
        Map<String, TopicCounts> topics,
        List<Expectation> expectations,
        Personal personal) {}
