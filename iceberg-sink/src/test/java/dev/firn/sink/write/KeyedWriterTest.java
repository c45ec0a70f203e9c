package dev.firn.sink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.keys.KeyHash;
import dev.firn.sink.table.KeyFormat;
import dev.firn.sink.table.TableKind;
import dev.firn.sink.table.UpsertKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.iceberg.TableProperties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.serialization.UUIDSerializer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyedWriterTest {
    private static final Schema UUID_TYPE = new Schema.Parser().parse("{\"type\":\"string\",\"logicalType\":\"uuid\"}");

    private final Sandbox sandbox = new Sandbox(TableKind.PLAIN);

    @Test
    void shouldTellWhereEachRowIsWhenTableHasAKey() {
        // Given
        Schema schema = keyed(SchemaBuilder.builder().stringType(), "id");
        TableWriter writer = sandbox.open(sandbox.table(schema));

        // When
        KeyedRow first = writer.writeKeyed(row(schema, "a"));
        KeyedRow second = writer.writeKeyed(row(schema, "b"));
        KeyedRow third = writer.writeKeyed(row(schema, "a"));

        // Then
        assertThat(first.position()).isZero();
        assertThat(third.position()).isEqualTo(2);
        assertThat(third.key()).isEqualTo(first.key()).isNotEqualTo(second.key());
        assertThat(writer.complete().files().get(0).location()).isEqualTo(third.file());
    }

    @Test
    void shouldFindTheKeyOfARowWhenATombstoneHasItAsKafkasSerializersWriteIt() {
        assertSameKey(SchemaBuilder.builder().stringType(), "c-17", new StringSerializer(), "c-17");
        assertSameKey(SchemaBuilder.builder().longType(), 4_711L, new LongSerializer(), 4_711L);
        assertSameKey(SchemaBuilder.builder().longType(), 4_711L, new IntegerSerializer(), 4_711);
        assertSameKey(SchemaBuilder.builder().intType(), -5, new StringSerializer(), "-5");
        assertSameKey(SchemaBuilder.builder().intType(), 12_345_678, new StringSerializer(), "12345678");
        UUID id = UUID.randomUUID();
        assertSameKey(UUID_TYPE, id.toString(), new UUIDSerializer(), id);
    }

    /** As text it is 1234, or 12345678. */
    @Test
    void shouldRefuseATombstoneWhenItsKafkaKeyCanBeTwoNumbers() {
        // Given
        TableWriter writer =
                sandbox.open(sandbox.table(keyed(SchemaBuilder.builder().longType(), "id")));

        // Then
        assertConversionFails(writer, tombstone(new IntegerSerializer().serialize(Sandbox.TOPIC, 0x31323334)));
        assertConversionFails(writer, tombstone(new StringSerializer().serialize(Sandbox.TOPIC, "1234")));
        assertConversionFails(writer, tombstone(new LongSerializer().serialize(Sandbox.TOPIC, 0x3132333435363738L)));
        assertConversionFails(writer, tombstone(new StringSerializer().serialize(Sandbox.TOPIC, "-1234567")));
    }

    @Test
    void shouldFindTheKeyOfARowByTheFormatThatIsSaid() {
        assertSameKey(KeyFormat.LONG, 0x31323334L, new IntegerSerializer(), 0x31323334);
        assertSameKey(KeyFormat.LONG, 0x3132333435363738L, new LongSerializer(), 0x3132333435363738L);
        assertSameKey(KeyFormat.STRING, 1_234L, new StringSerializer(), "1234");
        assertSameKey(KeyFormat.STRING, 12_345_678L, new StringSerializer(), "12345678");
    }

    @Test
    void shouldRefuseATombstoneWhenItsKafkaKeyIsNotOfTheFormatThatIsSaid() {
        // Given
        Schema schema = keyed(SchemaBuilder.builder().longType(), "id");
        byte[] text = "12345".getBytes(StandardCharsets.UTF_8);

        // Then
        assertConversionFails(
                sandbox.open(sandbox.table(schema), TableKind.PLAIN.withKeys(KeyFormat.LONG)), tombstone(text));
        assertConversionFails(
                sandbox.open(sandbox.table(schema), TableKind.PLAIN.withKeys(KeyFormat.AVRO)), tombstone(text));
        assertConversionFails(
                sandbox.open(sandbox.table(schema), TableKind.PLAIN.withKeys(KeyFormat.STRING)),
                tombstone(new byte[Long.BYTES]));
    }

    private <T> void assertSameKey(Schema type, Object inRow, Serializer<T> serializer, T inKafka) {
        assertSameKey(KeyFormat.BYTES, keyed(type, "id"), inRow, serializer, inKafka);
    }

    private <T> void assertSameKey(KeyFormat format, long inRow, Serializer<T> serializer, T inKafka) {
        assertSameKey(format, keyed(SchemaBuilder.builder().longType(), "id"), inRow, serializer, inKafka);
    }

    private <T> void assertSameKey(KeyFormat format, Schema schema, Object inRow, Serializer<T> serializer, T inKafka) {
        TableWriter writer = sandbox.open(sandbox.table(schema), TableKind.PLAIN.withKeys(format));
        KeyHash written = writer.writeKeyed(row(schema, inRow)).key();
        byte[] key = serializer.serialize(Sandbox.TOPIC, inKafka);
        assertThat(writer.key(tombstone(key))).as("%s", inKafka).isEqualTo(written);
        writer.abort();
    }

    @Test
    void shouldFindTheKeyOfARowWhenATombstoneHasItInAvro() {
        // Given
        Schema schema = keyed(SchemaBuilder.builder().longType(), "id", "n");
        TableWriter writer = sandbox.open(sandbox.table(schema));
        KeyHash written = writer.writeKeyed(row(schema, 9L)).key();
        Schema key = SchemaBuilder.record("Key")
                .fields()
                .requiredInt("n")
                .requiredString("other")
                .requiredLong("id")
                .endRecord();
        GenericRecord whole = new GenericRecordBuilder(key)
                .set("n", 1)
                .set("other", "x")
                .set("id", 9L)
                .build();

        // When
        byte[] bytes = Sandbox.framed(sandbox.registry.add(key), Sandbox.datum(key, whole, false));

        // Then
        assertThat(writer.key(tombstone(bytes))).isEqualTo(written);
    }

    @Test
    void shouldRefuseATombstoneWhenItsKafkaKeyDoesNotTellTheKey() {
        // Given
        Schema one = keyed(SchemaBuilder.builder().longType(), "id");
        Schema two = keyed(SchemaBuilder.builder().longType(), "id", "n");
        TableWriter ofOne = sandbox.open(sandbox.table(one));
        TableWriter ofTwo = sandbox.open(sandbox.table(two));

        // Then
        assertConversionFails(ofOne, tombstone(null));
        assertConversionFails(ofOne, tombstone("no number".getBytes(StandardCharsets.UTF_8)));
        assertConversionFails(ofTwo, tombstone("7".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldRefuseARowWhenAPartOfItsKeyIsNull() {
        // Given
        Schema schema = keyed(SchemaBuilder.nullable().stringType(), "id", "n");
        TableWriter writer = sandbox.open(sandbox.table(schema));

        // Then
        assertThatThrownBy(() -> writer.writeKeyed(row(schema, null)))
                .asInstanceOf(InstanceOfAssertFactories.type(UndecodableException.class))
                .returns(Reason.CONVERSION_FAILED, UndecodableException::reason);
        assertThat(writer.rows()).isZero();
    }

    @Test
    void shouldRefuseRowsWhenTheirSchemaHasAnotherKey() {
        // Given
        Schema schema = keyed(SchemaBuilder.builder().stringType(), "id");
        Schema other = keyed(SchemaBuilder.builder().stringType(), "n");
        TableWriter writer = sandbox.open(sandbox.table(schema));

        // Then
        assertThatThrownBy(() -> writer.fits(row(other, "a")))
                .asInstanceOf(InstanceOfAssertFactories.type(UndecodableException.class))
                .returns(Reason.INCOMPATIBLE_SCHEMA, UndecodableException::reason);
    }

    @Test
    void shouldHaveNoKeyWhenTableIsBronzeWhateverTheContractSays() {
        // Given
        Sandbox bronze = new Sandbox(TableKind.BRONZE);
        Schema schema = keyed(SchemaBuilder.builder().stringType(), "id");
        byte[] value = Sandbox.framed(bronze.registry.add(schema), datum(schema, "a"));

        // When
        var table = bronze.table(schema);
        TableWriter writer = bronze.open(table);
        ConsumerRecord<byte[], byte[]> record = bronze.record(value);

        // Then
        assertThat(UpsertKey.of(table.properties())).isEmpty();
        assertThat(table.properties()).doesNotContainKey(TableProperties.FORMAT_VERSION);
        assertThat(writer.fits(record)).isTrue();
        writer.write(record);
        assertThat(writer.rows()).isEqualTo(1);
        writer.abort();
    }

    private static void assertConversionFails(TableWriter writer, ConsumerRecord<byte[], byte[]> tombstone) {
        assertThatThrownBy(() -> writer.key(tombstone))
                .asInstanceOf(InstanceOfAssertFactories.type(UndecodableException.class))
                .returns(Reason.CONVERSION_FAILED, UndecodableException::reason);
    }

    private static Schema keyed(Schema id, String... key) {
        Schema schema = SchemaBuilder.record("Thing")
                .fields()
                .name("id")
                .type(id)
                .noDefault()
                .requiredInt("n")
                .endRecord();
        schema.addProp("firn.mode", "upsert");
        schema.addProp("firn.key", List.of(key));
        return schema;
    }

    private ConsumerRecord<byte[], byte[]> row(Schema schema, @Nullable Object id) {
        return sandbox.record(Sandbox.framed(sandbox.registry.add(schema), datum(schema, id)));
    }

    private static byte[] datum(Schema schema, @Nullable Object id) {
        return Sandbox.datum(
                schema,
                new GenericRecordBuilder(schema).set("id", id).set("n", 1).build(),
                false);
    }

    private ConsumerRecord<byte[], byte[]> tombstone(byte @Nullable [] key) {
        return sandbox.record(null, key, new RecordHeaders());
    }
}
