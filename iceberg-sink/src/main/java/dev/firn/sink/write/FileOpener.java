package dev.firn.sink.write;

import dev.firn.sink.parquet.ParquetFile;
import dev.firn.sink.parquet.ParquetFiles;
import dev.firn.sink.parquet.ParquetLayout;
import dev.firn.sink.table.TableShape;
import java.util.Map;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;

/** Opens Parquet files for a table as it was when this was made, whatever others make of the table meanwhile. */
final class FileOpener {
    private final Schema schema;
    private final PartitionSpec spec;
    private final Map<String, String> properties;
    private final MetricsConfig metrics;
    private final OutputFileFactory files;
    private final ParquetFiles parquet;
    private final ParquetLayout layout;
    private final RowOrder order;

    FileOpener(Table table, TableShape planned, boolean keyed, String window, ParquetFiles parquet) {
        schema = planned.schema();
        spec = planned.spec();
        properties = table.properties();
        metrics = MetricsConfig.forTable(table);
        files = OutputFileFactory.builderFor(table, 0, 0)
                .operationId(window)
                .format(FileFormat.PARQUET)
                .build();
        this.parquet = parquet;
        layout = new ParquetLayout(schema, properties);
        order = RowOrder.of(table, schema, keyed);
    }

    Schema schema() {
        return schema;
    }

    PartitionSpec spec() {
        return spec;
    }

    /** By which rows are sorted, or are not. */
    SortOrder order() {
        return order.order();
    }

    Map<String, String> properties() {
        return properties;
    }

    /** A file whose columns are filled as rows come. */
    OpenFile stream(PartitionKey partition) {
        return stream(output(partition), partition, SortOrder.unsorted());
    }

    /** A file whose rows are held until it is complete, and sorted if need be. */
    OpenFile hold(PartitionKey partition) {
        return new HeldFile(this, output(partition), partition, order);
    }

    private EncryptedOutputFile output(PartitionKey partition) {
        return spec.isUnpartitioned() ? files.newOutputFile() : files.newOutputFile(spec, partition);
    }

    /** Counts memory that a file holds elsewhere, or, if it is less than nothing, that it is gone. */
    void hold(long more) {
        parquet.hold(more);
    }

    /** A file whose rows come in the order that is given. */
    StreamedFile stream(EncryptedOutputFile output, PartitionKey partition, SortOrder sorted) {
        ParquetFile file = parquet.open(layout, output);
        DataWriter<Row> writer = new DataWriter<>(
                new RowAppender(file, metrics),
                FileFormat.PARQUET,
                output.encryptingOutputFile().location(),
                spec,
                spec.isUnpartitioned() ? null : partition,
                output.keyMetadata(),
                sorted);
        return new StreamedFile(writer, file, output.encryptingOutputFile().location());
    }
}
