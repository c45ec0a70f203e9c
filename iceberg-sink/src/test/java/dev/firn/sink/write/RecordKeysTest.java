package dev.firn.sink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.quarantine.Reason;
import dev.firn.registry.RegistryUnavailableException;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.table.KeyFormat;
import dev.firn.sink.table.TableKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.LongSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordKeysTest {
    private static final Schema THING =
            SchemaBuilder.record("R").fields().requiredInt("n").endRecord();

    @Test
    void shouldHoldKeysAsTheTypeTheyAre() {
        // Given
        Schema pair = SchemaBuilder.record("Pair")
                .fields()
                .requiredString("base")
                .requiredLong("no")
                .endRecord();
        Schema kind = SchemaBuilder.enumeration("Kind").symbols("A", "B");
        byte[] eur = Sandbox.datum(
                pair,
                new GenericRecordBuilder(pair).set("base", "EUR").set("no", 7L).build(),
                false);

        // Then
        assertThat(keys(KeyFormat.STRING, bytes("größe"))).containsExactly("größe", null);
        try (LongSerializer longs = new LongSerializer()) {
            assertThat(keys(KeyFormat.LONG, longs.serialize("t", -5L))).containsExactly(-5L, null);
        }
        assertThat(keys(KeyFormat.BYTES, bytes("k"))).containsExactly(ByteBuffer.wrap(bytes("k")), null);
        assertThat(avroKeys(Schema.create(Schema.Type.STRING), "c-1")).containsExactly("c-1", null);
        assertThat(avroKeys(Schema.create(Schema.Type.LONG), 12L)).containsExactly("12", null);
        assertThat(avroKeys(kind, new org.apache.avro.generic.GenericData.EnumSymbol(kind, "B")))
                .containsExactly("B", null);
        Sandbox sandbox = sandbox(KeyFormat.AVRO);
        assertThat(keys(sandbox, Sandbox.framed(sandbox.registry.add(pair), eur)))
                .containsExactly("{\"base\":\"EUR\",\"no\":7}", null);
    }

    private static List<@Nullable Object> avroKeys(Schema schema, Object value) {
        Sandbox sandbox = sandbox(KeyFormat.AVRO);
        return keys(sandbox, Sandbox.framed(sandbox.registry.add(schema), Sandbox.datum(schema, value, false)));
    }

    @Test
    void shouldRefuseTheRecordWhenItsKeyIsNotOfItsFormat() {
        // Given
        Sandbox avro = sandbox(KeyFormat.AVRO);
        int text = avro.registry.add(Schema.create(Schema.Type.STRING));

        // Then
        requireRefused(sandbox(KeyFormat.STRING), new byte[] {(byte) 0xff}, Reason.MALFORMED);
        requireRefused(sandbox(KeyFormat.LONG), bytes("1234567"), Reason.MALFORMED);
        requireRefused(avro, bytes("plain text"), Reason.BAD_MAGIC);
        requireRefused(avro, Sandbox.framed(99, new byte[] {0}), Reason.UNKNOWN_SCHEMA_ID);
        requireRefused(avro, Sandbox.framed(text, new byte[] {8, 'a'}), Reason.MALFORMED);
        requireRefused(avro, Sandbox.framed(text, new byte[] {2, 'a', 'b'}), Reason.MALFORMED);
    }

    private static void requireRefused(Sandbox sandbox, byte[] key, Reason reason) {
        int id = sandbox.registry.add(THING);
        Table table = sandbox.table(THING);
        TableWriter writer = sandbox.open(table);

        // When, Then
        assertThatThrownBy(() -> writer.write(record(sandbox, id, key)))
                .isInstanceOfSatisfying(UndecodableException.class, refusal -> {
                    assertThat(refusal.reason()).isEqualTo(reason);
                    assertThat(refusal.field()).startsWith("_key");
                });
        // and nothing of it is left
        writer.write(record(sandbox, id, null));
        Sandbox.commit(table, writer.complete());
        assertThat(Sandbox.read(table)).hasSize(1);
    }

    @Test
    void shouldWaitWhenTheRegistryCanNotBeAskedForTheSchemaOfAKey() {
        // Given
        Sandbox sandbox = sandbox(KeyFormat.AVRO);
        int id = sandbox.registry.add(THING);
        int text = sandbox.registry.add(Schema.create(Schema.Type.STRING));
        TableWriter writer = sandbox.open(sandbox.table(THING));
        writer.write(record(sandbox, id, null));

        // When
        sandbox.registry.down(true);

        // Then
        assertThatThrownBy(() -> writer.write(record(sandbox, id, Sandbox.framed(text, new byte[] {2, 'a'}))))
                .isInstanceOf(RegistryUnavailableException.class);
        writer.abort();
    }

    @Test
    void shouldGoOnAsTheColumnIsWhenTheTableWasThereBefore() {
        // Given
        Sandbox before = sandbox(KeyFormat.BYTES);
        int id = before.registry.add(THING);
        Table table = before.table(THING);
        before.append(table, record(before, id, bytes("one")));

        // When
        TableKind now = TableKind.BRONZE.withKeys(KeyFormat.STRING);
        TableWriter writer = before.writers.open(table, now, "later");
        boolean fits = writer.fits(record(before, id, bytes("two")));
        writer.write(record(before, id, new byte[] {(byte) 0xff}));
        Sandbox.commit(table, writer.complete());

        // Then
        assertThat(fits).isTrue();
        assertThat(table.schema().findType("_key")).isEqualTo(Types.BinaryType.get());
        assertThat(Sandbox.read(table))
                .extracting(row -> row.getField("_key"))
                .containsExactlyInAnyOrder(ByteBuffer.wrap(bytes("one")), ByteBuffer.wrap(new byte[] {(byte) 0xff}));
    }

    private static List<@Nullable Object> keys(KeyFormat format, byte[] key) {
        return keys(sandbox(format), key);
    }

    /** What the table has of the key, and of none. */
    private static List<@Nullable Object> keys(Sandbox sandbox, byte[] key) {
        int id = sandbox.registry.add(THING);
        Table table = sandbox.table(THING);
        TableWriter writer = sandbox.open(table);
        writer.write(record(sandbox, id, key));
        writer.write(record(sandbox, id, null));
        Sandbox.commit(table, writer.complete());
        return Sandbox.read(table).stream()
                .<@Nullable Object>map(row -> row.getField("_key"))
                .toList();
    }

    private static Sandbox sandbox(KeyFormat format) {
        return new Sandbox(TableKind.BRONZE.withKeys(format));
    }

    private static ConsumerRecord<byte[], byte[]> record(Sandbox sandbox, int id, byte @Nullable [] key) {
        return sandbox.record(Sandbox.framed(id, new byte[] {2}), key, new RecordHeaders());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
