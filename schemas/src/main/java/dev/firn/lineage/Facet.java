package dev.firn.lineage;

import java.util.Map;

/**
 * Something that is known of a dataset or a run.
 *
 * @param schema URL of the JSON schema that its values follow
 * @param values by name; what JSON can hold
 */
public record Facet(String schema, Map<String, Object> values) {
    private static final String STANDARD = "https://openlineage.io/spec/facets/";

    public Facet {
        values = Map.copyOf(values);
    }

    /** How much a run has written. */
    public static Facet outputStatistics(long rows, long bytes, long files) {
        return new Facet(
                STANDARD + "1-0-2/OutputStatisticsOutputDatasetFacet.json#/$defs/OutputStatisticsOutputDatasetFacet",
                Map.of("rowCount", rows, "size", bytes, "fileCount", files));
    }

    /** Which version of a dataset. */
    public static Facet version(String version) {
        return new Facet(
                STANDARD + "1-0-1/DatasetVersionDatasetFacet.json#/$defs/DatasetVersionDatasetFacet",
                Map.of("datasetVersion", version));
    }

    /** How a dataset is kept. */
    public static Facet storage(String layer, String format) {
        return new Facet(
                STANDARD + "1-0-1/StorageDatasetFacet.json#/$defs/StorageDatasetFacet",
                Map.of("storageLayer", layer, "fileFormat", format));
    }
}
