package dev.firn.sink.reconcile;

import dev.firn.sink.commit.RejectSource;
import dev.firn.sink.commit.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/**
 * What the quarantine table holds, by the table or topic that a record was meant for and by the record's own source.
 *
 * @param all of any origin
 * @param bySink those that the sink itself rejected: their row's coordinates are the record's own; by the topic's id, empty
 *     where it is not known
 */
record QuarantinedRows(Map<RejectSource, OffsetSet> all, Map<RejectSource, Map<String, OffsetSet>> bySink) {
    static final QuarantinedRows NONE = new QuarantinedRows(Map.of(), Map.of());
    private static final List<String> COLUMNS =
            List.of("_topic", "_kafka_partition", "_offset", "source_topic", "partition", "offset", "target");

    private static final String TOPIC_ID = "topic_id";

    static QuarantinedRows scan(Table table) {
        QuarantinedRows quarantined = new QuarantinedRows(new HashMap<>(), new HashMap<>());
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .project(columns(table))
                .reuseContainers()
                .build()) {
            rows.forEach(quarantined::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return quarantined;
    }

    /** In the order of {@link #COLUMNS}. */
    private static Schema columns(Table table) {
        return new Schema(Stream.concat(COLUMNS.stream(), Stream.of(TOPIC_ID))
                .map(table.schema()::findField)
                .filter(Objects::nonNull)
                .toList());
    }

    static boolean canScan(Table table) {
        return COLUMNS.stream().allMatch(column -> table.schema().findField(column) != null);
    }

    private void add(Record row) {
        if (row.get(3) instanceof String topic
                && row.get(4) instanceof Integer partition
                && row.get(5) instanceof Long offset
                && row.get(6) instanceof String target) {
            RejectSource key = new RejectSource(target, new Source(topic, partition));
            all.computeIfAbsent(key, source -> new OffsetSet()).add(offset);
            if (topic.equals(row.get(0)) && partition.equals(row.get(1)) && offset.equals(row.get(2))) {
                String topicId = row.getField(TOPIC_ID) instanceof String id ? id : "";
                bySink.computeIfAbsent(key, source -> new HashMap<>())
                        .computeIfAbsent(topicId, id -> new OffsetSet())
                        .add(offset);
            }
        }
    }

    /** Those of the source that the sink itself rejected, for each topic that there was by the name. */
    Collection<OffsetSet> bySink(RejectSource source) {
        return bySink.getOrDefault(source, Map.of()).values();
    }

    /** Records of the source that were meant for the table. */
    OffsetSet of(String target, Source source) {
        return all.getOrDefault(new RejectSource(target, source), new OffsetSet());
    }
}
