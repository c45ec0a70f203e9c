package dev.firn.sink.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.parquet.ParquetSchemaUtil;

/** Opens Parquet files for a table as it was when this was made, whatever others make of the table meanwhile. */
final class FileOpener {
    private final Schema schema;
    private final PartitionSpec spec;
    private final Map<String, String> properties;
    private final MetricsConfig metrics;
    private final OutputFileFactory files;

    FileOpener(Table table, String window) {
        schema = table.schema();
        spec = table.spec();
        properties = table.properties();
        metrics = MetricsConfig.forTable(table);
        files = OutputFileFactory.builderFor(table, 0, 0)
                .operationId(window)
                .format(FileFormat.PARQUET)
                .build();
    }

    Schema schema() {
        return schema;
    }

    PartitionSpec spec() {
        return spec;
    }

    Map<String, String> properties() {
        return properties;
    }

    OpenFile open(PartitionKey partition) {
        RowWriter rows = new RowWriter(ParquetSchemaUtil.convert(schema, "table"));
        EncryptedOutputFile file =
                spec.isUnpartitioned() ? files.newOutputFile() : files.newOutputFile(spec, partition);
        try {
            return new OpenFile(
                    Parquet.writeData(file)
                            .schema(schema)
                            .withSpec(spec)
                            .withPartition(spec.isUnpartitioned() ? null : partition)
                            .withKeyMetadata(file.keyMetadata())
                            .setAll(properties)
                            .metricsConfig(metrics)
                            .createWriterFunc(type -> rows)
                            .build(),
                    rows,
                    file.encryptingOutputFile().location());
        } catch (IOException e) {
            throw new UncheckedIOException("opening a data file", e);
        }
    }
}
