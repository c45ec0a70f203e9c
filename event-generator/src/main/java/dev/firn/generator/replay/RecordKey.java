package dev.firn.generator.replay;

import dev.firn.config.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** The topic key of a record: its key fields as text, one behind the other. */
final class RecordKey {
    private final List<String> paths;

    /** @param paths dots lead into records; without any, records have no key
     * @throws ConfigurationException if the schema has no such field */
    RecordKey(Schema schema, List<String> paths) {
        this.paths = List.copyOf(paths);
        paths.forEach(path -> check(schema, path));
    }

    byte @Nullable [] of(GenericRecord record) {
        if (paths.isEmpty()) {
            return null;
        }
        StringBuilder key = new StringBuilder();
        paths.forEach(path -> key.append(text(record, path)));
        return key.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String text(IndexedRecord root, String path) {
        Object value = root;
        Schema type = root.getSchema();
        for (String name : path.split("\\.", -1)) {
            if (!(value instanceof IndexedRecord record)) {
                break;
            }
            Schema.Field field = record.getSchema().getField(name);
            value = record.get(field.pos());
            type = Unions.only(field.schema());
        }
        if (value == null) {
            throw new BadValueException("is part of the key, and has no value").in(path);
        }
        return isDate(type.getLogicalType())
                ? LocalDate.ofEpochDay(((Number) value).longValue()).toString()
                : value.toString();
    }

    private static boolean isDate(@Nullable LogicalType type) {
        return type instanceof LogicalTypes.Date;
    }

    private static void check(Schema schema, String path) {
        Schema type = schema;
        for (String name : path.split("\\.", -1)) {
            Schema record = Unions.only(type);
            Schema.Field field = record.getType() == Schema.Type.RECORD ? record.getField(name) : null;
            if (field == null) {
                throw new ConfigurationException("key: " + schema.getName() + " has no field " + path);
            }
            type = field.schema();
        }
        Schema.Type last = Unions.only(type).getType();
        if (last == Schema.Type.BYTES || last == Schema.Type.FIXED) {
            throw new ConfigurationException("key: " + path + " of " + schema.getName() + " has no text");
        }
    }
}
