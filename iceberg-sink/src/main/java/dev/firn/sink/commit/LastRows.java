package dev.firn.sink.commit;

import dev.firn.sink.table.SourceColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/** How far the rows of a table go that is asked when nothing else can tell. Reads all of them. */
final class LastRows {
    private LastRows() {}

    /** The highest offset of each source that the table has a row of.
     *
     * @throws RuntimeException whatever the storage throws; or if the rows don't say where they came from
     */
    static Map<Source, Long> in(Table table) {
        Map<Source, Long> last = new HashMap<>();
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .select(SourceColumn.TOPIC.column(), SourceColumn.PARTITION.column(), SourceColumn.OFFSET.column())
                .reuseContainers()
                .build()) {
            rows.forEach(row -> add(row, last));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return last;
    }

    private static void add(Record row, Map<Source, Long> last) {
        if (row.getField(SourceColumn.TOPIC.column()) instanceof String topic
                && row.getField(SourceColumn.PARTITION.column()) instanceof Integer partition
                && row.getField(SourceColumn.OFFSET.column()) instanceof Long offset) {
            last.merge(new Source(topic, partition), offset, Math::max);
        }
    }
}
