package dev.firn.sink.write;

import dev.firn.quarantine.Reason;
import dev.firn.registry.UnknownSchemaException;
import dev.firn.serde.UndecodableException;
import dev.firn.serde.WireFormat;
import dev.firn.sink.decode.RecordCheck;
import dev.firn.sink.decode.Utf8;
import dev.firn.sink.decode.WriterSchemas;
import dev.firn.sink.keys.KeyDigest;
import dev.firn.sink.keys.KeyHash;
import dev.firn.sink.table.KeyFormat;
import dev.firn.sink.table.UpsertKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.util.UUIDUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A table's key by the key of a Kafka record, for records that have nothing else: an Avro record with fields that are named
 * like the key's columns; or, where the key is one column, an Avro value, or what Kafka's own serializers make of strings,
 * ints, longs, UUIDs and bytes. Where nothing is said of its format, four or eight bytes can be both the text of a number and
 * another number: such a key tells nothing. For one thread.
 */
final class KafkaKeys {
    private final WriterSchemas schemas;
    private final org.apache.iceberg.Schema table;
    private final UpsertKey key;
    private final KeyFormat format;
    private final Map<Integer, Optional<Plan>> plans = new HashMap<>();
    private final Row row = new Row();

    private record Plan(RecordCheck check, KeyPlan key) {}

    /** @param format {@code BYTES} where nothing is said of it */
    KafkaKeys(WriterSchemas schemas, org.apache.iceberg.Schema table, UpsertKey key, KeyFormat format) {
        this.schemas = schemas;
        this.table = table;
        this.key = key;
        this.format = format;
    }

    /** The key of the record's entity.
     *
     * @throws UndecodableException CONVERSION_FAILED, if the Kafka key does not tell
     * @throws dev.firn.registry.RegistryUnavailableException if the key's schema can't be had now
     */
    KeyHash of(ConsumerRecord<byte[], byte[]> record, KeyDigest digest) {
        byte[] bytes = record.key();
        Optional<KeyHash> hash = bytes == null ? Optional.empty() : avro(record, bytes, digest);
        if (hash.isPresent()) {
            return hash.get();
        }
        boolean mayBePlain = format != KeyFormat.AVRO && key.columns().size() == 1;
        Object value = bytes == null || !mayBePlain ? null : plain(bytes, type());
        if (value == null) {
            throw new UndecodableException(
                    Reason.CONVERSION_FAILED,
                    "the record has no value, and its Kafka key does not tell the table's key " + key.columns());
        }
        digest.add(value);
        return digest.hash();
    }

    private Type type() {
        return table.findType(key.columns().get(0));
    }

    /** Empty if the bytes are none in Avro. */
    private Optional<KeyHash> avro(ConsumerRecord<byte[], byte[]> record, byte[] bytes, KeyDigest digest) {
        boolean mayBe = format == KeyFormat.AVRO || format == KeyFormat.BYTES;
        if (!mayBe || bytes.length < WireFormat.HEADER || bytes[0] != WireFormat.MAGIC) {
            return Optional.empty();
        }
        int schemaId = WireFormat.schemaId(bytes);
        Optional<Plan> plan = plans.computeIfAbsent(schemaId, this::plan);
        try {
            plan.ifPresent(known -> row.read(known.check(), bytes, WireFormat.HEADER, record, schemaId));
        } catch (UndecodableException e) {
            // a number that happens to begin like the number of a schema
            return Optional.empty();
        }
        return plan.map(known -> known.key().of(row, digest));
    }

    private Optional<Plan> plan(int schemaId) {
        try {
            Schema written = schemas.schema(schemaId);
            Schema record = written.getType() == Schema.Type.RECORD ? written : wrapped(written);
            List<String> marked = new ArrayList<>();
            KeyPlan values = KeyPlan.of(record, table, key, marked);
            return values.isWhole() ? Optional.of(new Plan(RecordCheck.of(record, marked), values)) : Optional.empty();
        } catch (UnknownSchemaException | UndecodableException e) {
            return Optional.empty();
        }
    }

    /** A record of one field is written as the field is. */
    private Schema wrapped(Schema value) {
        String name = key.columns().get(0);
        Schema.Field field = new Schema.Field(name.substring(name.lastIndexOf('.') + 1), value);
        return Schema.createRecord("Key", null, "firn", false, List.of(field));
    }

    private @Nullable Object plain(byte[] bytes, Type type) {
        return switch (type.typeId()) {
            case STRING -> format == KeyFormat.LONG ? null : text(bytes);
            case BINARY, FIXED -> ByteBuffer.wrap(bytes);
            case INTEGER -> number(bytes, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> number(bytes, Long.MIN_VALUE, Long.MAX_VALUE);
            case UUID -> uuid(bytes);
            default -> null;
        };
    }

    private static @Nullable String text(byte[] bytes) {
        return Utf8.isValid(bytes, 0, bytes.length) ? new String(bytes, StandardCharsets.UTF_8) : null;
    }

    private @Nullable Long number(byte[] bytes, long min, long max) {
        Long written = format == KeyFormat.LONG ? null : numberInText(bytes);
        Long binary = format == KeyFormat.STRING ? null : numberInBytes(bytes);
        if (binary != null && (binary < min || binary > max)) {
            binary = null;
        }
        if (written != null && binary != null) {
            throw new UndecodableException(
                    Reason.CONVERSION_FAILED,
                    "the Kafka key can be the text of one number and the bytes of another: say which in firn.sink.key-formats");
        }
        return written == null ? binary : written;
    }

    private static @Nullable Long numberInText(byte[] bytes) {
        try {
            return Long.parseLong(new String(bytes, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Long numberInBytes(byte[] bytes) {
        return switch (bytes.length) {
            case Long.BYTES -> ByteBuffer.wrap(bytes).getLong();
            case Integer.BYTES -> (long) ByteBuffer.wrap(bytes).getInt();
            default -> null;
        };
    }

    private static @Nullable Object uuid(byte[] bytes) {
        if (bytes.length == 2 * Long.BYTES) {
            return UUIDUtil.convert(bytes);
        }
        try {
            return UUID.fromString(new String(bytes, StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
