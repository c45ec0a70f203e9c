package dev.firn.sink.quarantine;

import static org.apache.iceberg.expressions.Expressions.equal;
import static org.apache.iceberg.expressions.Expressions.greaterThanOrEqual;

import dev.firn.sink.commit.RejectSource;
import dev.firn.sink.table.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/** Reads the quarantine table. Only needed after a crash between the two commits of a round. */
public final class HeldRejectsScan implements HeldRejects {
    private final Tables tables;
    private final TableIdentifier quarantine;

    public HeldRejectsScan(Tables tables, TableIdentifier quarantine) {
        this.tables = tables;
        this.quarantine = quarantine;
    }

    @Override
    public Set<Long> from(RejectSource source, long offset) {
        return tables.load(quarantine).map(table -> scan(table, source, offset)).orElse(Set.of());
    }

    private static Set<Long> scan(Table table, RejectSource source, long offset) {
        Set<Long> offsets = new HashSet<>();
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .where(equal("target", source.target()))
                .where(equal("source_topic", source.source().topic()))
                .where(equal("partition", source.source().partition()))
                .where(greaterThanOrEqual("offset", offset))
                .select("offset")
                .build()) {
            rows.forEach(row -> offsets.add((Long) row.getField("offset")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return offsets;
    }
}
