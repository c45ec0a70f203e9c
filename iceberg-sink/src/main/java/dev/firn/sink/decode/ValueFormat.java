package dev.firn.sink.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.firn.contract.Contract;
import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** What the values of a topic are. */
@SuppressWarnings("ImmutableEnumChecker") // contracts are, though not marked so
public enum ValueFormat {
    /** Records of schemas that the registry has: the table has their fields. */
    AVRO(null),
    /** JSON, as text in {@link #COLUMN}. */
    JSON(Schema.Type.STRING),
    /** Text in UTF-8. */
    STRING(Schema.Type.STRING),
    /** Anything. */
    BYTES(Schema.Type.BYTES);

    /** The column of values that have no fields. */
    public static final String COLUMN = "_value";

    private static final JsonFactory PARSERS = new JsonFactory();
    private final @Nullable Contract contract;

    ValueFormat(Schema.@Nullable Type column) {
        contract = column == null ? null : contract(Schema.create(column));
    }

    private static Contract contract(Schema column) {
        return Contract.of(SchemaBuilder.record("Value")
                .namespace("dev.firn")
                .fields()
                .name(COLUMN)
                .type(Schema.createUnion(Schema.create(Schema.Type.NULL), column))
                .noDefault()
                .endRecord());
    }

    /** Of all records of a format other than Avro. */
    public Contract contract() {
        if (contract == null) {
            throw new IllegalStateException("records in Avro have contracts of their own");
        }
        return contract;
    }

    /** The value as a record of {@link #contract}, in Avro binary without a header. A missing one is null in its column.
     *
     * @throws UndecodableException MALFORMED, if it is not of this format
     */
    public byte[] datum(byte @Nullable [] value) {
        if (value == null) {
            return new byte[] {0};
        }
        check(value);
        ByteArrayOutputStream datum = new ByteArrayOutputStream(value.length + 6);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(datum, null);
        try {
            encoder.writeIndex(1);
            encoder.writeBytes(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return datum.toByteArray();
    }

    private void check(byte[] value) {
        if (this != BYTES && !Utf8.isValid(value, 0, value.length)) {
            throw new UndecodableException(Reason.MALFORMED, "the value is not UTF-8");
        }
        if (this == JSON && !isJson(value)) {
            throw new UndecodableException(Reason.MALFORMED, "the value is not one JSON text");
        }
    }

    private static boolean isJson(byte[] value) {
        try (JsonParser parser = PARSERS.createParser(value)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
