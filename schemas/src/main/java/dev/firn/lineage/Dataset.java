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
    public Dataset {
        facets = Map.copyOf(facets);
        uses = Map.copyOf(uses);
    }
}
