package dev.firn.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.sink.table.TableKind;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file says the same of itself as one that Iceberg's own writer made of the same rows, and is as large. */
class FileMetricsTest {
    static List<Long> seeds() {
        return Seeds.some(20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldCarryTheMetricsOfIcebergsOwnWriter(long seed) throws IOException {
        // Given
        RandomAvro avro = new RandomAvro(new Random(seed));
        Schema schema = avro.schema();
        Sandbox sandbox = new Sandbox(TableKind.BRONZE);
        int id = sandbox.registry.add(schema);
        Table table = sandbox.table(schema);
        TableWriter writer = sandbox.open(table);
        for (int i = 0; i < 200; i++) {
            writer.write(sandbox.record(Sandbox.framed(id, Sandbox.datum(schema, avro.value(schema), false))));
        }

        // When
        DataFile ours = writer.complete().files().get(0);

        // Then
        DataFile theirs = again(table, FileRows.read(table, ours));
        assertThat(ours.recordCount()).isEqualTo(theirs.recordCount());
        assertThat(ours.valueCounts()).as("seed %d", seed).isEqualTo(theirs.valueCounts());
        assertThat(ours.nullValueCounts()).as("seed %d", seed).isEqualTo(theirs.nullValueCounts());
        assertThat(ours.nanValueCounts()).as("seed %d", seed).isEqualTo(theirs.nanValueCounts());
        assertThat(ours.lowerBounds()).as("seed %d", seed).isEqualTo(theirs.lowerBounds());
        assertThat(ours.upperBounds()).as("seed %d", seed).isEqualTo(theirs.upperBounds());
        assertThat(ours.columnSizes().keySet()).isEqualTo(theirs.columnSizes().keySet());
    }

    static DataFile again(Table table, List<Record> rows) throws IOException {
        DataWriter<Record> writer = Parquet.writeData(table.io().newOutputFile(table.location() + "/theirs.parquet"))
                .forTable(table)
                .withSpec(PartitionSpec.unpartitioned())
                .createWriterFunc(type -> GenericParquetWriter.create(table.schema(), type))
                .build();
        try (writer) {
            rows.forEach(writer::write);
        }
        return writer.toDataFile();
    }
}
