package dev.firn.sink.write;

import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.parquet.ParquetValueWriter;
import org.apache.iceberg.parquet.TripleWriter;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.schema.MessageType;

/** What Iceberg's Parquet writer calls for each row of one file. */
final class RowWriter implements ParquetValueWriter<Row> {
    private final Columns columns;
    private long rows;
    private int rowGroups;

    RowWriter(MessageType type) {
        columns = new Columns(type.getColumns());
    }

    @Override
    public void write(int repetition, Row row) {
        RowPlan plan = row.plan();
        plan.record().write(row.input, columns, repetition);
        plan.origin().write(row, columns);
        rows++;
    }

    /** Asked for by writers that this one could be part of; it is part of none. */
    @Override
    public List<TripleWriter<?>> columns() {
        throw new UnsupportedOperationException("a row is not part of anything");
    }

    @Override
    public void setColumnStore(ColumnWriteStore store) {
        columns.open(store);
        rowGroups++;
    }

    /** Whether any of the file has left the memory: the first row group is written when the second one begins. */
    boolean isBegun() {
        return rowGroups > 1;
    }

    @Override
    public Stream<FieldMetrics<?>> metrics() {
        return columns.metrics().of(rows);
    }
}
