package dev.firn.sink.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import dev.firn.serde.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static final Schema ROW = SchemaBuilder.record("Value")
            .fields()
            .requiredString("id")
            .requiredLong("n")
            .endRecord();
    private static final Schema SCHEMA = SchemaBuilder.record("Envelope")
            .fields()
            .name("before")
            .type(Schema.createUnion(Schema.create(Schema.Type.NULL), ROW))
            .noDefault()
            .name("after")
            .type(Schema.createUnion(ROW, Schema.create(Schema.Type.NULL)))
            .noDefault()
            .name("source")
            .type(SchemaBuilder.record("Source").fields().requiredString("db").endRecord())
            .noDefault()
            .requiredString("op")
            .optionalLong("ts_ms")
            .endRecord();

    private final Envelope envelope = Envelope.of(SCHEMA).orElseThrow();

    @Test
    void shouldTakeTheRowThatIsThereNow() throws IOException {
        for (String op : List.of("c", "u", "r")) {
            // When
            Envelope.Change change = envelope.open(value(op, row("a", 1), row("a", 2)));

            // Then
            assertThat(change.deletes()).isFalse();
            assertThat(read(change.row())).isEqualTo(row("a", 2));
        }
    }

    @Test
    void shouldTakeTheRowThatWasThereWhenItIsDeleted() throws IOException {
        // When
        Envelope.Change change = envelope.open(value("d", row("a", 1), null));
        Envelope.Change unknown = envelope.open(value("d", null, null));

        // Then
        assertThat(change.deletes()).isTrue();
        assertThat(read(change.row())).isEqualTo(row("a", 1));
        assertThat(unknown.deletes()).isTrue();
        assertThat(unknown.row()).isNull();
    }

    @Test
    void shouldRefuseWhatChangesNoSingleRow() {
        assertRefused(value("t", null, null), Reason.CONVERSION_FAILED);
        assertRefused(value("c", row("a", 1), null), Reason.CONVERSION_FAILED);
    }

    @Test
    void shouldRefuseBytesThatAreNoEnvelope() {
        byte[] whole = value("u", row("a", 1), row("a", 2));
        for (int length = WireFormat.HEADER; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), Reason.MALFORMED);
        }
        assertRefused(Arrays.copyOf(whole, whole.length + 1), Reason.MALFORMED);
    }

    @Test
    void shouldKnowEnvelopesByTheirShape() {
        // Given
        Schema text = SchemaBuilder.record("R")
                .fields()
                .requiredString("before")
                .requiredString("after")
                .requiredString("op")
                .endRecord();

        // Then
        assertThat(Envelope.of(text)).isEmpty();
        assertThat(Envelope.of(ROW)).isEmpty();
        assertThat(Envelope.of(Schema.create(Schema.Type.STRING))).isEmpty();
        assertThat(Envelope.of(SCHEMA).map(Envelope::row)).isEqualTo(Optional.of(ROW));
    }

    private void assertRefused(byte[] value, Reason reason) {
        assertThatThrownBy(() -> envelope.open(value))
                .asInstanceOf(InstanceOfAssertFactories.type(UndecodableException.class))
                .returns(reason, UndecodableException::reason);
    }

    private static GenericRecord row(String id, long n) {
        return new GenericRecordBuilder(ROW).set("id", id).set("n", n).build();
    }

    private static byte[] value(String op, @Nullable GenericRecord before, @Nullable GenericRecord after) {
        GenericRecord source = new GenericRecordBuilder(
                        SCHEMA.getField("source").schema())
                .set("db", "shop")
                .build();
        GenericRecord record = new GenericRecordBuilder(SCHEMA)
                .set("before", before)
                .set("after", after)
                .set("source", source)
                .set("op", op)
                .set("ts_ms", 5L)
                .build();
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(new byte[WireFormat.HEADER]);
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new GenericDatumWriter<GenericRecord>(SCHEMA).write(record, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static GenericRecord read(byte @Nullable [] row) throws IOException {
        assertThat(row).isNotNull();
        var decoder = DecoderFactory.get().binaryDecoder(row, WireFormat.HEADER, row.length - WireFormat.HEADER, null);
        GenericRecord read = new GenericDatumReader<GenericRecord>(ROW).read(null, decoder);
        return row(read.get("id").toString(), (Long) read.get("n"));
    }
}
