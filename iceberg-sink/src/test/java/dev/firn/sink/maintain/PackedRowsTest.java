package dev.firn.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.sink.commit.FaultyCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.ByteBuffers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are what they were, of whatever type, and by whatever schema they were written. */
class PackedRowsTest {
    private static final Types.StructType POINT = Types.StructType.of(
            Types.NestedField.optional(20, "x", Types.FloatType.get()),
            Types.NestedField.required(21, "y", Types.DoubleType.get()));
    private static final Schema SCHEMA = new Schema(
            Types.NestedField.required(1, "id", Types.IntegerType.get()),
            Types.NestedField.optional(2, "flag", Types.BooleanType.get()),
            Types.NestedField.optional(3, "amount", Types.DecimalType.of(12, 3)),
            Types.NestedField.optional(4, "day", Types.DateType.get()),
            Types.NestedField.optional(5, "time", Types.TimeType.get()),
            Types.NestedField.optional(6, "at", Types.TimestampType.withZone()),
            Types.NestedField.optional(7, "local", Types.TimestampType.withoutZone()),
            Types.NestedField.optional(8, "uuid", Types.UUIDType.get()),
            Types.NestedField.optional(9, "fixed", Types.FixedType.ofLength(3)),
            Types.NestedField.optional(10, "bytes", Types.BinaryType.get()),
            Types.NestedField.optional(11, "point", POINT),
            Types.NestedField.optional(12, "tags", Types.ListType.ofOptional(22, Types.StringType.get())),
            Types.NestedField.optional(
                    13, "counts", Types.MapType.ofOptional(23, 24, Types.StringType.get(), Types.LongType.get())),
            Types.NestedField.optional(14, "gone", Types.StringType.get()));

    private final FaultyCatalog catalog = FaultyCatalog.fresh();
    private final TableIdentifier name = TableIdentifier.of("bronze", "things");

    private Table table(int formatVersion, SortOrder order) {
        return catalog.buildTable(name, SCHEMA)
                .withPartitionSpec(PartitionSpec.unpartitioned())
                .withSortOrder(order)
                .withProperty("format-version", Integer.toString(formatVersion))
                .create();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void shouldKeepEveryValueOfEveryType(int formatVersion) {
        // Given
        Table table = table(formatVersion, SortOrder.unsorted());
        append(table, 0, 1, 2, 3);
        append(table, 4, 5);
        List<String> before = rows(table);

        // When
        var refusal = Kept.pack(table);

        // Then
        assertThat(refusal).isEmpty();
        assertThat(files(table))
                .singleElement()
                .satisfies(file -> assertThat(file.location()).startsWith(table.location() + "/data/0"));
        assertThat(rows(table)).hasSize(6).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void shouldKeepEveryValueOfEveryTypeInAnotherOrder(int formatVersion) {
        // Given
        Table table = table(formatVersion, SortOrder.unsorted());
        table.updateProperties()
                .set(ClusterBy.PROPERTY, "flag, amount, point.x, gone, id")
                .set(TableProperties.WRITE_TARGET_FILE_SIZE_BYTES, "5000")
                .commit();
        append(table, 9, 4, 1, 8);
        append(table, 2, 5, 3, 7);
        List<String> before = rows(table);

        // When
        var refusal = Kept.pack(table);

        // Then
        assertThat(refusal).isEmpty();
        assertThat(files(table)).hasSizeGreaterThan(1);
        assertThat(rows(table)).hasSize(8).isEqualTo(before);
        assertThat(ids(table)).containsExactly(3, 9, 7, 5, 1, 8, 4, 2);
        List<String> names = files(table).stream().map(DataFile::location).toList();
        assertThat(Kept.pack(table)).isEmpty();
        assertThat(files(table)).extracting(DataFile::location).isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void shouldShowRowsOfOlderSchemasAsBefore(int formatVersion) {
        // Given
        Table table = table(formatVersion, SortOrder.unsorted());
        append(table, 0, 1, 2, 3);
        table.updateSchema()
                .updateColumn("id", Types.LongType.get())
                .renameColumn("tags", "labels")
                .deleteColumn("gone")
                .addColumn("point", "z", Types.DoubleType.get())
                .commit();
        if (formatVersion == 3) {
            table.updateSchema()
                    .addColumn("kind", Types.StringType.get(), null, Literal.of("usual"))
                    .commit();
        }
        append(table, 4, 5);
        List<String> before = rows(table);

        // When
        var refusal = Kept.pack(table);

        // Then
        assertThat(refusal).isEmpty();
        assertThat(files(table)).hasSize(1);
        assertThat(rows(table)).hasSize(6).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void shouldMergeSortedFilesIntoASortedOne(int formatVersion) {
        // Given
        Table table =
                table(formatVersion, SortOrder.builderFor(SCHEMA).desc("id").build());
        append(table, 9, 7, 2);
        append(table, 8, 3, 1, 0);
        append(table, 6, 5, 4);

        // When
        var refusal = Kept.pack(table);

        // Then
        assertThat(refusal).isEmpty();
        assertThat(files(table))
                .hasSize(1)
                .allMatch(file -> file.sortOrderId() == table.sortOrder().orderId());
        assertThat(ids(table)).containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    }

    private static void append(Table table, int... ids) {
        Schema schema = table.schema();
        String location = table.location() + "/data/" + UUID.randomUUID() + ".parquet";
        try {
            DataWriter<Record> writer = Parquet.writeData(table.io().newOutputFile(location))
                    .forTable(table)
                    .withSortOrder(table.sortOrder())
                    .createWriterFunc(type -> GenericParquetWriter.create(schema, type))
                    .build();
            try (writer) {
                for (int id : ids) {
                    writer.write(row(schema, id));
                }
            }
            table.newFastAppend().appendFile(writer.toDataFile()).commit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every third has nothing but an id. */
    private static Record row(Schema schema, int id) {
        Record row = GenericRecord.create(schema);
        boolean isLong = schema.findType("id").typeId() == TypeID.LONG;
        row.setField("id", isLong ? (Object) (long) id : (Object) id);
        if (id % 3 > 0) {
            GenericRecord point = GenericRecord.create(schema.findType("point").asStructType());
            point.setField("x", id % 2 == 0 ? null : 0.5f + id);
            point.setField("y", 1.0 / id);
            row.setField("point", point);
            row.setField("flag", id % 2 == 0);
            row.setField("amount", BigDecimal.valueOf(-id * 1001L, 3));
            row.setField("day", LocalDate.of(1969, 12, 31).plusDays(id));
            row.setField("time", LocalTime.MIDNIGHT.minusNanos(id * 1_000L));
            row.setField("at", OffsetDateTime.of(1900, 1, 1, 0, 0, id, 1_000, ZoneOffset.UTC));
            row.setField("local", LocalDateTime.of(2100, 1, 1, 0, 0, id, 999_999_000));
            row.setField("uuid", new UUID(id, -id));
            row.setField("fixed", new byte[] {1, 2, (byte) id});
            row.setField("bytes", ByteBuffer.wrap(new byte[id]));
            row.setField(schema.findField("tags") == null ? "labels" : "tags", Arrays.asList("a", null, "b" + id));
            row.setField("counts", Map.of("k" + id, (long) id));
        }
        return row;
    }

    private static List<DataFile> files(Table table) {
        table.refresh();
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            tasks.forEach(task -> files.add(task.file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private List<String> rows(Table table) {
        List<String> rows = new ArrayList<>();
        read(table).forEach(row -> rows.add(text(row)));
        rows.sort(null);
        return rows;
    }

    private List<Object> ids(Table table) {
        return read(table).stream().map(row -> row.getField("id")).toList();
    }

    private List<Record> read(Table table) {
        table.refresh();
        List<Record> rows = new ArrayList<>();
        try (CloseableIterable<Record> all = IcebergGenerics.read(table).build()) {
            all.forEach(rows::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static String text(Record row) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            Object value = row.get(i);
            text.append(shown(value)).append('|');
        }
        return text.toString();
    }

    private static String shown(@Nullable Object value) {
        if (value instanceof ByteBuffer buffer) {
            return Arrays.toString(ByteBuffers.toByteArray(buffer));
        }
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
    }
}
