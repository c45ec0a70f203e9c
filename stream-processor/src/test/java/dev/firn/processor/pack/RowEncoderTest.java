package dev.firn.processor.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.contract.Contracts;
import dev.firn.processor.topology.Topics;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowEncoderTest {
    private static final int SCHEMA_ID = 70_000;
    private static final int ROWS = 50;

    /** All that there is in Avro. */
    private static final Schema EVERY_TYPE = new Schema.Parser().parse("""
            {"type": "record", "name": "Every", "fields": [
              {"name": "nothing", "type": "null"},
              {"name": "yes", "type": "boolean"},
              {"name": "int", "type": "int"},
              {"name": "long", "type": "long"},
              {"name": "float", "type": "float"},
              {"name": "double", "type": "double"},
              {"name": "text", "type": "string"},
              {"name": "bytes", "type": "bytes"},
              {"name": "decimal", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
              {"name": "fixed", "type": {"type": "fixed", "name": "F", "size": 5}},
              {"name": "enum", "type": {"type": "enum", "name": "E", "symbols": ["A", "B", "C"]}},
              {"name": "map", "type": {"type": "map", "values": ["null", "long"]}},
              {"name": "array", "type": {"type": "array", "items": {"type": "record", "name": "In", "fields": [
                {"name": "maybe", "type": ["string", "null"]}, {"name": "again", "type": ["null", "In"]}]}}},
              {"name": "only", "type": ["long"]},
              {"name": "many", "type": ["null", "string", "long", "F", "In", {"type": "array", "items": "E"}]}]}
            """);

    static Stream<Schema> schemas() {
        return Stream.concat(Stream.of(EVERY_TYPE), Topics.REGISTERED.stream().map(Contracts::schema));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldWriteWhatAvroWritesWhenRowsAreRandom(Schema schema) {
        // Given
        long seed = System.nanoTime();
        RowEncoder encoder = new RowEncoder(SCHEMA_ID, schema);
        WireEncoder<Object> avro = new WireEncoder<>(SCHEMA_ID, new GenericDatumWriter<>(schema));

        for (Object row : new RandomData(schema, ROWS, seed, true)) {
            // When
            byte[] encoded = encoder.encode((GenericRecord) row);

            // Then
            assertThat(encoded).as("seed %d", seed).isEqualTo(avro.encode(row));
        }
    }

    @Test
    void shouldRefuseARowWhenAValueIsMissing() {
        // Given
        Schema schema =
                SchemaBuilder.record("R").fields().requiredString("text").endRecord();
        RowEncoder encoder = new RowEncoder(1, schema);

        // When, then
        assertThatThrownBy(() -> encoder.encode(new GenericData.Record(schema)))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void shouldGoOnWhenARowWasRefused() {
        // Given
        Schema schema = SchemaBuilder.record("R")
                .fields()
                .requiredString("text")
                .name("texts")
                .type()
                .array()
                .items()
                .stringType()
                .noDefault()
                .endRecord();
        RowEncoder encoder = new RowEncoder(1, schema);
        GenericRecord row = new GenericData.Record(schema);
        row.put("text", "a");
        assertThatThrownBy(() -> encoder.encode(row)).isInstanceOf(NullPointerException.class);
        row.put("texts", List.of("b"));

        // When
        byte[] encoded = encoder.encode(row);

        // Then
        assertThat(encoded).isEqualTo(new WireEncoder<>(1, new GenericDatumWriter<>(schema)).encode(row));
    }
}
