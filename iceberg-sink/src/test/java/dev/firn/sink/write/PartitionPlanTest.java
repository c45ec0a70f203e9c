package dev.firn.sink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.table.TableKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows lie in the partitions that Iceberg itself would put them in, whatever the type and the transform. */
class PartitionPlanTest {
    static List<Long> seeds() {
        return Seeds.some(25);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldPartitionAsIcebergDoesWhenSpecIsAnything(long seed) {
        // Given
        Random random = new Random(seed);
        RandomAvro avro = new RandomAvro(random);
        Schema schema = avro.schema();
        Sandbox sandbox = new Sandbox(TableKind.BRONZE, new WriteLimits(5));
        int id = sandbox.registry.add(schema);
        Table table = sandbox.table(schema);
        partition(table, random);

        // When
        TableWriter writer = sandbox.open(table);
        for (int i = 0; i < 60; i++) {
            byte[] datum = Sandbox.datum(schema, avro.value(schema), false);
            writeUnlessRefused(writer, sandbox.record(Sandbox.framed(id, datum)));
        }
        WrittenFiles written = writer.complete();
        Sandbox.commit(table, written);

        // Then
        PartitionSpec spec = table.spec();
        Set<String> expected = new HashSet<>();
        for (Record row : Sandbox.read(table)) {
            PartitionKey key = new PartitionKey(spec, table.schema());
            key.partition(new InternalRecordWrapper(table.schema().asStruct()).wrap(row));
            expected.add(text(spec, key));
        }
        Set<String> actual = new HashSet<>();
        for (DataFile file : written.files()) {
            actual.add(text(spec, file.partition()));
            rowsOf(table, file).forEach(row -> {
                PartitionKey key = new PartitionKey(spec, table.schema());
                key.partition(new InternalRecordWrapper(table.schema().asStruct()).wrap(row));
                assertThat(text(spec, key))
                        .as("seed %d %s %s", seed, spec, schema)
                        .isEqualTo(text(spec, file.partition()));
            });
        }
        assertThat(actual).as("seed %d %s", seed, spec).isEqualTo(expected);
    }

    /** Truncated, a decimal may need more digits than its type has. */
    private static void writeUnlessRefused(TableWriter writer, ConsumerRecord<byte[], byte[]> record) {
        try {
            writer.write(record);
        } catch (UndecodableException e) {
            assertThat(e.reason()).isEqualTo(Reason.CONVERSION_FAILED);
        }
    }

    @Test
    void shouldRefuseRecordWhenItsPartitionHasMoreDigitsThanItsColumn() {
        // Given
        Schema schema = SchemaBuilder.record("Price")
                .fields()
                .name("price")
                .type(LogicalTypes.decimal(1, 0)
                        .addToSchema(SchemaBuilder.builder().bytesType()))
                .noDefault()
                .endRecord();
        Sandbox sandbox = new Sandbox(TableKind.BRONZE, new WriteLimits(5));
        int id = sandbox.registry.add(schema);
        Table table = sandbox.table(schema);
        table.updateSpec().addField(Expressions.truncate("price", 4)).commit();
        TableWriter writer = sandbox.open(table);

        // When
        writer.write(sandbox.record(Sandbox.framed(id, new byte[] {2, 9})));
        ConsumerRecord<byte[], byte[]> below = sandbox.record(Sandbox.framed(id, new byte[] {2, -9}));

        // Then
        assertThatThrownBy(() -> writer.write(below))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("price_trunc");
        Sandbox.commit(table, writer.complete());
        assertThat(Sandbox.read(table)).hasSize(1);
    }

    private static List<Record> rowsOf(Table table, DataFile file) {
        return FileRows.read(table, file);
    }

    private static String text(PartitionSpec spec, StructLike partition) {
        return spec.partitionToPath(partition);
    }

    private static void partition(Table table, Random random) {
        List<Types.NestedField> sources = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        collect("", table.schema().asStruct(), sources, paths);
        UpdatePartitionSpec update = table.updateSpec();
        for (int i = 0; i < 2; i++) {
            int pick = random.nextInt(sources.size());
            Term term = term(paths.get(pick), sources.get(pick).type(), random);
            update.addField("p" + i, term);
            if (paths.size() > 1) {
                sources.remove(pick);
                paths.remove(pick);
            }
        }
        update.commit();
    }

    /** All that a table can be partitioned by. */
    private static void collect(
            String prefix, Types.StructType struct, List<Types.NestedField> sources, List<String> paths) {
        for (Types.NestedField field : struct.fields()) {
            if (field.type().isPrimitiveType()) {
                sources.add(field);
                paths.add(prefix + field.name());
            } else if (field.type().isStructType() && isRecord(field.type().asStructType())) {
                collect(prefix + field.name() + ".", field.type().asStructType(), sources, paths);
            }
        }
    }

    /** Branches of a union are called by their types. */
    private static boolean isRecord(Types.StructType struct) {
        return struct.fields().stream().allMatch(field -> field.name().matches("f\\d+"));
    }

    private static Term term(String path, Type type, Random random) {
        List<Term> terms = new ArrayList<>();
        // Iceberg's generic reader gives a fixed that is a partition's value as another class than its wrapper takes
        if (type.typeId() != Type.TypeID.FIXED) {
            terms.add(Expressions.ref(path));
        }
        switch (type.typeId()) {
            case DATE -> terms.addAll(List.of(Expressions.day(path), Expressions.month(path), Expressions.year(path)));
            case TIMESTAMP ->
                terms.addAll(List.of(
                        Expressions.hour(path),
                        Expressions.day(path),
                        Expressions.month(path),
                        Expressions.year(path)));
            case STRING, INTEGER, LONG, DECIMAL, BINARY -> terms.add(Expressions.truncate(path, 1 + random.nextInt(5)));
            default -> {}
        }
        if (!List.of(Type.TypeID.BOOLEAN, Type.TypeID.FLOAT, Type.TypeID.DOUBLE).contains(type.typeId())) {
            terms.add(Expressions.bucket(path, 1 + random.nextInt(9)));
        }
        return terms.get(random.nextInt(terms.size()));
    }
}
