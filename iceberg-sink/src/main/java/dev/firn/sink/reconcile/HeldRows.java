package dev.firn.sink.reconcile;

import dev.firn.sink.commit.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/** Where the rows came from that a table holds in the snapshot that it was loaded at; deleted rows don't count. */
record HeldRows(Map<Source, OffsetSet> offsets) {
    private static final List<String> COLUMNS = List.of("_topic", "_kafka_partition", "_offset");

    /** Rows without a source are someone else's, and left out. */
    static HeldRows scan(Table table) {
        Map<String, Map<Integer, OffsetSet>> topics = new HashMap<>();
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .project(columns(table))
                .reuseContainers()
                .build()) {
            for (Record row : rows) {
                add(topics, row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<Source, OffsetSet> offsets = new HashMap<>();
        topics.forEach((topic, partitions) ->
                partitions.forEach((partition, set) -> offsets.put(new Source(topic, partition), set)));
        return new HeldRows(offsets);
    }

    /** In the order of {@link #COLUMNS}. */
    private static Schema columns(Table table) {
        return new Schema(COLUMNS.stream().map(table.schema()::findField).toList());
    }

    static boolean canScan(Table table) {
        return COLUMNS.stream().allMatch(column -> table.schema().findField(column) != null);
    }

    private static void add(Map<String, Map<Integer, OffsetSet>> topics, Record row) {
        if (row.get(0) instanceof String topic
                && row.get(1) instanceof Integer partition
                && row.get(2) instanceof Long offset) {
            topics.computeIfAbsent(topic, name -> new HashMap<>())
                    .computeIfAbsent(partition, number -> new OffsetSet())
                    .add(offset);
        }
    }

    OffsetSet of(Source source) {
        return offsets.getOrDefault(source, new OffsetSet());
    }
}
