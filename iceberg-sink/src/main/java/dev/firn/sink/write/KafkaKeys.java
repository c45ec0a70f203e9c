package dev.firn.sink.write;

import dev.firn.quarantine.Reason;
import dev.firn.registry.UnknownSchemaException;
import dev.firn.serde.UndecodableException;
import dev.firn.serde.WireFormat;
import dev.firn.sink.decode.RecordCheck;
import dev.firn.sink.decode.WriterSchemas;
import dev.firn.sink.keys.KeyDigest;
import dev.firn.sink.keys.KeyHash;
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
 * ints, longs, UUIDs and bytes. For one thread.
 */
final class KafkaKeys {
    private final WriterSchemas schemas;
    private final org.apache.iceberg.Schema table;
    private final UpsertKey key;
    private final Map<Integer, Optional<Plan>> plans = new HashMap<>();
    private final Row row = new Row();

    private record Plan(RecordCheck check, KeyPlan key) {}

    KafkaKeys(WriterSchemas schemas, org.apache.iceberg.Schema table, UpsertKey key) {
        this.schemas = schemas;
        this.table = table;
        this.key = key;
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
        Object value = bytes == null || key.columns().size() != 1 ? null : plain(bytes, type());
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
        if (bytes.length < WireFormat.HEADER || bytes[0] != WireFormat.MAGIC) {
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

    private static @Nullable Object plain(byte[] bytes, Type type) {
        return switch (type.typeId()) {
            case STRING -> new String(bytes, StandardCharsets.UTF_8);
            case BINARY, FIXED -> ByteBuffer.wrap(bytes);
            case INTEGER, LONG -> number(bytes);
            case UUID -> uuid(bytes);
            default -> null;
        };
    }

    private static @Nullable Object number(byte[] bytes) {
        if (bytes.length == Long.BYTES && !isText(bytes)) {
            return ByteBuffer.wrap(bytes).getLong();
        }
        if (bytes.length == Integer.BYTES && !isText(bytes)) {
            return ByteBuffer.wrap(bytes).getInt();
        }
        try {
            return Long.parseLong(new String(bytes, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean isText(byte[] bytes) {
        for (byte each : bytes) {
            if ((each < '0' || each > '9') && each != '-') {
                return false;
            }
        }
        return true;
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
