package dev.firn.lineage;

import java.util.Map;

/**
 * A topic or a table.
 *
 * @param namespace where it is, such as {@code kafka://broker:9092}
 * @param facets what is known of it, by name
 * @param uses what the run has read of it or written to it, by name
 */
public record Dataset(String namespace, String name, Map<String, Facet> facets, Map<String, Facet> uses) {
    /** A topic of which nothing more is known.
     *
     * @param bootstrapServers of Kafka; the first one names it
     */
    public static Dataset topic(String bootstrapServers, String name) {
        return new Dataset(kafka(bootstrapServers), name, Map.of(), Map.of());
    }

    /** The namespace of topics. */
    public static String kafka(String bootstrapServers) {
        return "kafka://" + bootstrapServers.split(",", 2)[0].trim();
    }

    public Dataset {
        facets = Map.copyOf(facets);
        uses = Map.copyOf(uses);
    }
}
