package dev.firn.sink.write;

import dev.firn.sink.parquet.ParquetFile;
import java.util.List;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.io.FileAppender;

/** Writes rows by their plans into one file. */
final class RowAppender implements FileAppender<Row> {
    private final ParquetFile file;
    private final MetricsConfig metrics;
    private final Columns columns;

    RowAppender(ParquetFile file, MetricsConfig metrics) {
        this.file = file;
        this.metrics = metrics;
        this.columns = new Columns(file.columns());
    }

    @Override
    public void add(Row row) {
        RowPlan plan = row.plan();
        plan.record().write(row.input, columns, 0);
        plan.origin().write(row, columns);
        file.endRow(row.size());
    }

    @Override
    public Metrics metrics() {
        return file.metrics(metrics);
    }

    @Override
    public long length() {
        return file.length();
    }

    @Override
    public List<Long> splitOffsets() {
        return file.splitOffsets();
    }

    @Override
    public void close() {
        file.close();
    }
}
