package dev.firn.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.sink.table.TableKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.parquet.ParquetBloomRowGroupFilter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Readers ask the filters that tables have for their columns, and are told the truth, for each type. */
class BloomFilterTest {
    /** Past what goes into a dictionary. */
    private static final int VALUES = 4_000;

    private static final int OTHERS = 300;

    /** Values by a number, as Avro and as Iceberg's expressions have them. */
    @SuppressWarnings("ImmutableEnumChecker") // the functions have no state
    enum Kind {
        INT("'int'", i -> i * 7, i -> i * 7),
        LONG("'long'", i -> i * 7_000_000_000L, i -> i * 7_000_000_000L),
        FLOAT("'float'", i -> i * 0.5f, i -> i * 0.5f),
        DOUBLE("'double'", i -> i * 0.3, i -> i * 0.3),
        STRING("'string'", i -> "größe " + i, i -> "größe " + i),
        BYTES("'bytes'", Kind::number, Kind::number),
        FIXED(
                "{'type':'fixed','name':'F','size':8}",
                i -> new GenericData.Fixed(
                        Schema.createFixed("F", null, null, 8), number(i).array()),
                Kind::number),
        UUIDS("{'type':'string','logicalType':'uuid'}", i -> new UUID(i, 1).toString(), i -> new UUID(i, 1)),
        DATE("{'type':'int','logicalType':'date'}", i -> i, i -> i),
        TIME("{'type':'int','logicalType':'time-millis'}", i -> i, i -> i * 1_000L),
        TIMESTAMP("{'type':'long','logicalType':'timestamp-millis'}", i -> i * 999L, i -> i * 999_000L),
        SMALL_DECIMAL(decimal(9), Kind::unscaled, Kind::amount),
        DECIMAL(decimal(18), Kind::unscaled, Kind::amount),
        LARGE_DECIMAL(decimal(30), Kind::unscaled, Kind::amount);

        private final String type;
        private final IntFunction<Object> avro;
        private final IntFunction<Object> wanted;

        Kind(String type, IntFunction<Object> avro, IntFunction<Object> wanted) {
            this.type = type;
            this.avro = avro;
            this.wanted = wanted;
        }

        private static String decimal(int precision) {
            return "{'type':'bytes','logicalType':'decimal','precision':" + precision + ",'scale':2}";
        }

        private static ByteBuffer number(int i) {
            return ByteBuffer.allocate(Long.BYTES).putLong(0, i * 31L);
        }

        private static ByteBuffer unscaled(int i) {
            return ByteBuffer.wrap(amount(i).unscaledValue().toByteArray());
        }

        private static BigDecimal amount(int i) {
            return BigDecimal.valueOf(i * 13L - 5_000, 2);
        }

        Schema schema() {
            return new Schema.Parser()
                    .parse(("{'type':'record','name':'R','fields':[{'name':'v','type':" + type + "}]}")
                            .replace('\'', '"'));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldTellReadersWhichValuesAFileHas(Kind kind) throws IOException {
        // Given
        Sandbox sandbox = new Sandbox(TableKind.PLAIN);
        Schema schema = kind.schema();
        int id = sandbox.registry.add(schema);
        Table table = sandbox.table(schema);
        table.updateProperties()
                .set(TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX + "v", "true")
                .set(TableProperties.PARQUET_BLOOM_FILTER_MAX_BYTES, "16384")
                .commit();

        // When
        TableWriter writer = sandbox.open(table);
        for (int i = 0; i < VALUES; i++) {
            Object row = new GenericRecordBuilder(schema)
                    .set("v", kind.avro.apply(i))
                    .build();
            writer.write(sandbox.record(Sandbox.framed(id, Sandbox.datum(schema, row, false))));
        }
        DataFile file = writer.complete().files().get(0);

        // Then
        try (ParquetFileReader reader = Footers.open(table, file)) {
            BlockMetaData rowGroup = reader.getRowGroups().get(0);
            Predicate<Object> mayHave = value -> new ParquetBloomRowGroupFilter(
                            table.schema(), Expressions.equal("v", value))
                    .shouldRead(
                            reader.getFileMetaData().getSchema(), rowGroup, reader.getBloomFilterDataReader(rowGroup));
            assertThat(IntStream.range(0, VALUES).mapToObj(kind.wanted)).allMatch(mayHave);
            assertThat(IntStream.range(VALUES, VALUES + OTHERS)
                            .mapToObj(kind.wanted)
                            .filter(mayHave))
                    .as("taken for values of the file, of %d", OTHERS)
                    .hasSizeLessThan(OTHERS / 10);
        }
    }
}
