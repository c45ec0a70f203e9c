package dev.firn.sink.write;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.sink.parquet.ParquetFile;
import dev.firn.sink.parquet.ParquetFiles;
import dev.firn.sink.parquet.ParquetLayout;
import dev.firn.sink.table.TableKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.io.OutputFile;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a file holds and says of its row groups and pages, where it has many of both. */
class PageIndexTest {
    static List<Long> seeds() {
        return Seeds.some(30);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldSayOfPagesWhatIcebergsOwnWriterSays(long seed) throws IOException {
        // Given
        RandomAvro avro = new RandomAvro(new Random(seed));
        Schema schema = avro.schema();
        Sandbox sandbox = new Sandbox(TableKind.BRONZE);
        int id = sandbox.registry.add(schema);
        Table table = sandbox.table(schema);
        set(
                table,
                Map.of(
                        TableProperties.PARQUET_PAGE_ROW_LIMIT, "40",
                        TableProperties.PARQUET_ROW_GROUP_CHECK_MIN_RECORD_COUNT, "10"));
        TableWriter writer = sandbox.open(table);
        for (int i = 0; i < 130; i++) {
            writer.write(sandbox.record(Sandbox.framed(id, Sandbox.datum(schema, avro.value(schema), false))));
        }

        // When
        DataFile ours = writer.complete().files().get(0);

        // Then
        DataFile theirs = FileMetricsTest.again(table, FileRows.read(table, ours));
        assertThat(pages(table, ours)).as("seed %d", seed).isEqualTo(pages(table, theirs));
    }

    /** All that a file says of its pages but their sizes, which are each compressor's own. */
    private static List<String> pages(Table table, DataFile file) throws IOException {
        List<String> pages = new ArrayList<>();
        try (ParquetFileReader reader = Footers.open(table, file)) {
            for (BlockMetaData rowGroup : reader.getRowGroups()) {
                for (ColumnChunkMetaData column : rowGroup.getColumns()) {
                    OffsetIndex offsets = reader.readOffsetIndex(column);
                    pages.add(column.getPath() + " " + column.getValueCount() + " " + column.getStatistics() + " "
                            + column.getSizeStatistics().getUnencodedByteArrayDataBytes() + " "
                            + column.getSizeStatistics().getDefinitionLevelHistogram() + " "
                            + column.getSizeStatistics().getRepetitionLevelHistogram());
                    for (int i = 0; i < offsets.getPageCount(); i++) {
                        pages.add(offsets.getFirstRowIndex(i) + " to " + offsets.getLastRowIndex(i, 130));
                    }
                    pages.add(String.valueOf(reader.readColumnIndex(column)));
                }
            }
        }
        return pages;
    }

    @ParameterizedTest
    @EnumSource(BenchRecords.class)
    void shouldReadBackWhenDictionariesEndInTheMiddleAndRowGroupsAreMany(BenchRecords shape) throws IOException {
        // Given
        Sandbox sandbox = new Sandbox(TableKind.PLAIN);
        int id = sandbox.registry.add(shape.schema());
        Table table = sandbox.table(shape.schema());
        set(
                table,
                Map.of(
                        TableProperties.PARQUET_PAGE_ROW_LIMIT, "700",
                        TableProperties.PARQUET_DICT_SIZE_BYTES, "20000",
                        TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, "300000"));
        Map<Long, Map<String, Object>> expected = new HashMap<>();

        // When
        TableWriter writer = sandbox.open(table);
        for (byte[] datum : shape.data(12_000)) {
            ConsumerRecord<byte[], byte[]> record = sandbox.record(Sandbox.framed(id, datum));
            GenericData.Record decoded = RoundTripTest.decode(shape.schema(), datum);
            expected.put(record.offset(), new Expected().row(decoded));
            writer.write(record);
        }
        DataFile file = writer.complete().files().get(0);

        // Then
        List<Record> rows = FileRows.read(table, file);
        assertThat(rows).hasSize(12_000);
        for (Record row : rows) {
            Map<String, Object> wanted = expected.get((long) row.getField("_offset"));
            assertThat(Expected.same(wanted, Expected.actual(row)))
                    .as("wanted %s%nactual %s", wanted, Expected.actual(row))
                    .isTrue();
        }
        try (ParquetFileReader reader = Footers.open(table, file)) {
            assertThat(reader.getRowGroups()).hasSizeGreaterThan(2);
            assertThat(file.splitOffsets()).hasSameSizeAs(reader.getRowGroups());
            assertThat(encodings(reader)).anyMatch(PageIndexTest::endsInTheMiddle);
        }
    }

    private static List<Set<Encoding>> encodings(ParquetFileReader reader) {
        return reader.getRowGroups().stream()
                .flatMap(rowGroup -> rowGroup.getColumns().stream())
                .map(ColumnChunkMetaData::getEncodings)
                .toList();
    }

    private static boolean endsInTheMiddle(Set<Encoding> encodings) {
        Set<Encoding> values = new HashSet<>(encodings);
        values.remove(Encoding.RLE);
        return values.size() == 2;
    }

    @Test
    void shouldFindEveryValueInTheBloomFilterWhenTheTableAsksForOne() throws IOException {
        // Given
        BenchRecords shape = BenchRecords.FLAT;
        Sandbox sandbox = new Sandbox(TableKind.PLAIN);
        int id = sandbox.registry.add(shape.schema());
        Table table = sandbox.table(shape.schema());
        String enabled = TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX;
        set(table, Map.of(enabled + "event_id", "true", enabled + "country", "true", enabled + "dwell_ms", "true"));

        // When
        TableWriter writer = sandbox.open(table);
        shape.data(5_000).forEach(datum -> writer.write(sandbox.record(Sandbox.framed(id, datum))));
        DataFile file = writer.complete().files().get(0);

        // Then
        List<Record> rows = FileRows.read(table, file);
        try (ParquetFileReader reader = Footers.open(table, file)) {
            BloomFilter eventIds = requireNonNull(bloomFilter(reader, "event_id"));
            BloomFilter dwells = requireNonNull(bloomFilter(reader, "dwell_ms"));
            assertThat(rows).allSatisfy(row -> {
                assertThat(has(eventIds, row.getField("event_id"))).isTrue();
                assertThat(dwells.findHash(dwells.hash((int) row.getField("dwell_ms"))))
                        .isTrue();
            });
            assertThat(has(eventIds, "none")).isFalse();
            assertThat(bloomFilter(reader, "country"))
                    .as("where the dictionary tells as much")
                    .isNull();
        }
    }

    private static boolean has(BloomFilter filter, Object text) {
        return filter.findHash(filter.hash(Binary.fromString((String) text)));
    }

    private static @Nullable BloomFilter bloomFilter(ParquetFileReader reader, String column) throws IOException {
        for (ColumnChunkMetaData chunk : reader.getRowGroups().get(0).getColumns()) {
            if (chunk.getPath().toDotString().equals(column)) {
                return reader.readBloomFilter(chunk);
            }
        }
        throw new AssertionError("no column " + column);
    }

    @Test
    void shouldBeAFileWithoutRowsWhenNoneWasWritten() throws IOException {
        // Given
        Sandbox sandbox = new Sandbox(TableKind.PLAIN);
        Table table = sandbox.table(BenchRecords.FLAT.schema());
        OutputFile output = table.io().newOutputFile(table.location() + "/empty.parquet");
        ParquetLayout layout = new ParquetLayout(table.schema(), table.properties());

        // When
        ParquetFile file = new ParquetFiles().open(layout, EncryptedFiles.plainAsEncryptedOutput(output));
        file.close();

        // Then
        assertThat(file.metrics(MetricsConfig.getDefault()).recordCount()).isZero();
        assertThat(file.splitOffsets()).isEmpty();
        try (ParquetFileReader reader = Footers.open(output.toInputFile())) {
            assertThat(reader.getRecordCount()).isZero();
        }
    }

    private static void set(Table table, Map<String, String> properties) {
        var update = table.updateProperties();
        properties.forEach(update::set);
        update.commit();
    }
}
