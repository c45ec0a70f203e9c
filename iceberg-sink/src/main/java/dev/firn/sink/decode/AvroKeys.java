package dev.firn.sink.decode;

import dev.firn.quarantine.Reason;
import dev.firn.registry.UnknownSchemaException;
import dev.firn.serde.UndecodableException;
import dev.firn.serde.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** Keys in Avro as text: strings and symbols as they are, all else as JSON. For one thread. */
public final class AvroKeys {
    private final WriterSchemas schemas;
    private final Map<Integer, Known> known = new HashMap<>();
    private final AvroInput input = new AvroInput();
    private final Trail trail = new Trail();
    private final JsonText json = new JsonText();

    private record Known(Schema schema, RecordCheck check) {}

    public AvroKeys(WriterSchemas schemas) {
        this.schemas = schemas;
    }

    /** The text of a key, in UTF-8.
     *
     * @throws UndecodableException if it is not what the schema says that it names, or names none that the registry has
     * @throws dev.firn.registry.RegistryUnavailableException if the schema can't be had now
     */
    public byte[] text(byte[] key) {
        Known of = known.computeIfAbsent(WireFormat.schemaId(key), this::find);
        input.reset(key, WireFormat.HEADER);
        of.check().check(input, trail);
        return switch (of.schema().getType()) {
            case STRING -> {
                int length = input.nextInt();
                int from = input.take(length);
                yield Arrays.copyOfRange(key, from, from + length);
            }
            case ENUM -> of.schema().getEnumSymbols().get(input.nextInt()).getBytes(StandardCharsets.UTF_8);
            default -> json.of(of.schema(), input);
        };
    }

    private Known find(int schemaId) {
        try {
            Schema schema = schemas.schema(schemaId);
            return new Known(schema, RecordCheck.ofValue(schema));
        } catch (UnknownSchemaException e) {
            throw new UndecodableException(
                    Reason.UNKNOWN_SCHEMA_ID, "the registry holds no schema " + schemaId + " of the key", e);
        }
    }
}
