package dev.firn.sink.quarantine;

import static org.apache.iceberg.expressions.Expressions.equal;
import static org.apache.iceberg.expressions.Expressions.greaterThanOrEqual;
import static org.apache.iceberg.expressions.Expressions.isNull;

import dev.firn.sink.commit.RejectSource;
import dev.firn.sink.table.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/** Reads the quarantine table. Only needed after a crash between the two commits of a round. */
public final class HeldRejectsScan implements HeldRejects {
    private static final String TOPIC_ID = "topic_id";

    private final Tables tables;
    private final TableIdentifier quarantine;

    public HeldRejectsScan(Tables tables, TableIdentifier quarantine) {
        this.tables = tables;
        this.quarantine = quarantine;
    }

    @Override
    public Set<Long> from(RejectSource source, long offset, Optional<String> topicId) {
        return tables.load(quarantine)
                .map(table -> scan(table, source, offset, topicId))
                .orElse(Set.of());
    }

    /** Rows that don't say which topic they came from may be of any. */
    private static Expression ofTopic(Table table, Optional<String> topicId) {
        return table.schema().findField(TOPIC_ID) == null
                ? Expressions.alwaysTrue()
                : topicId.<Expression>map(id -> Expressions.or(isNull(TOPIC_ID), equal(TOPIC_ID, id)))
                        .orElse(Expressions.alwaysTrue());
    }

    private static Set<Long> scan(Table table, RejectSource source, long offset, Optional<String> topicId) {
        Set<Long> offsets = new HashSet<>();
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .where(equal("target", source.target()))
                .where(equal("source_topic", source.source().topic()))
                .where(equal("partition", source.source().partition()))
                .where(greaterThanOrEqual("offset", offset))
                .where(ofTopic(table, topicId))
                .select("offset")
                .build()) {
            rows.forEach(row -> offsets.add((Long) row.getField("offset")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return offsets;
    }
}
