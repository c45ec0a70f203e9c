package dev.firn.local.query;

import dev.firn.sink.commit.Ledger;
import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** One table's figures as a row; all of them are in its metadata, so no data is read. */
final class TableStats {
    static final List<Column> COLUMNS = List.of(
            new Column("table", Column.Kind.TEXT),
            new Column("rows", Column.Kind.NUMBER),
            new Column("files", Column.Kind.NUMBER),
            new Column("bytes", Column.Kind.NUMBER),
            new Column("snapshots", Column.Kind.NUMBER),
            new Column("last_snapshot", Column.Kind.TEXT),
            new Column("ledger", Column.Kind.TEXT));

    private TableStats() {}

    static List<@Nullable String> of(TableIdentifier name, Table table) {
        Snapshot snapshot = table.currentSnapshot();
        Map<String, String> summary = snapshot == null ? Map.of() : snapshot.summary();
        List<@Nullable String> row = new ArrayList<>();
        row.add(name.toString());
        row.add(Long.toString(rows(summary)));
        row.add(Long.toString(number(summary, SnapshotSummary.TOTAL_DATA_FILES_PROP)));
        row.add(Long.toString(number(summary, SnapshotSummary.TOTAL_FILE_SIZE_PROP)));
        row.add(Long.toString(
                StreamSupport.stream(table.snapshots().spliterator(), false).count()));
        row.add(
                snapshot == null
                        ? null
                        : Instant.ofEpochMilli(snapshot.timestampMillis()).toString());
        row.add(ledger(Ledgers.of(table)));
        return row;
    }

    /** Rows that equality deletes take away are counted still: what they match is known to a scan only. */
    private static long rows(Map<String, String> summary) {
        return number(summary, SnapshotSummary.TOTAL_RECORDS_PROP)
                - number(summary, SnapshotSummary.TOTAL_POS_DELETES_PROP);
    }

    private static long number(Map<String, String> summary, String key) {
        return Long.parseLong(summary.getOrDefault(key, "0"));
    }

    /** Per topic the ends of its partitions, in their order: {@code raw.activity 0:120 1:98}. */
    private static @Nullable String ledger(Ledger ledger) {
        Map<String, String> topics = new TreeMap<>();
        ledger.held().forEach((source, span) -> topics.merge(source.topic(), end(source, span), (a, b) -> a + " " + b));
        return topics.isEmpty()
                ? null
                : topics.entrySet().stream()
                        .map(topic -> topic.getKey() + " " + topic.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static String end(Source source, Span span) {
        return source.partition() + ":" + span.end();
    }
}
