package dev.firn.sink.lineage;

import dev.firn.lineage.Dataset;
import dev.firn.lineage.Facet;
import dev.firn.lineage.Lineage;
import dev.firn.lineage.RunEvent;
import dev.firn.sink.commit.CommitListener;
import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.Proposal;
import dev.firn.sink.commit.Window;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Tells a run for each commit of a table. Its id is the commit's, which the snapshot's summary has as {@code firn.commit-id}; its
 * inputs are topics with the offsets that were taken, its output is the table with what was written and as which snapshot.
 */
public final class CommitLineage implements CommitListener {
    private static final String OFFSETS = "urn:firn:lineage:offsets:1";

    private final Lineage lineage;
    private final String kafka;
    private final String catalog;

    /** Tells it.
     *
     * @param bootstrapServers of Kafka; the first one names it
     * @param catalog its name
     */
    public CommitLineage(Lineage lineage, String bootstrapServers, String catalog) {
        this.lineage = lineage;
        this.kafka = Dataset.kafka(bootstrapServers);
        this.catalog = "iceberg://" + catalog;
    }

    @Override
    public void held(
            TableIdentifier table, Proposal proposal, List<Window> windows, OptionalLong snapshot, Instant at) {
        lineage.tell(new RunEvent(
                RunEvent.Type.COMPLETE,
                at,
                "iceberg-sink." + table,
                proposal.id(),
                inputs(proposal.advance().ranges()),
                List.of(output(table, proposal.files(), snapshot))));
    }

    private List<Dataset> inputs(List<OffsetRange> ranges) {
        return ranges.stream()
                .collect(Collectors.groupingBy(range -> range.source().topic(), TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(topic ->
                        new Dataset(kafka, topic.getKey(), Map.of(), Map.of("firn_offsets", offsets(topic.getValue()))))
                .toList();
    }

    private static Facet offsets(List<OffsetRange> ranges) {
        return new Facet(
                OFFSETS,
                Map.of(
                        "ranges",
                        ranges.stream()
                                .map(range -> Map.of(
                                        "partition", range.source().partition(),
                                        "start", range.start(),
                                        "end", range.end(),
                                        "rows", range.rows(),
                                        "quarantined", range.quarantined()))
                                .toList()));
    }

    private Dataset output(TableIdentifier table, List<DataFile> files, OptionalLong snapshot) {
        Map<String, Facet> facets = new HashMap<>(Map.of("storage", Facet.storage("iceberg", "parquet")));
        snapshot.ifPresent(id -> facets.put("version", Facet.version(Long.toString(id))));
        Facet written = Facet.outputStatistics(
                files.stream().mapToLong(ContentFile::recordCount).sum(),
                files.stream().mapToLong(ContentFile::fileSizeInBytes).sum(),
                files.size());
        return new Dataset(catalog, table.toString(), facets, Map.of("outputStatistics", written));
    }
}
