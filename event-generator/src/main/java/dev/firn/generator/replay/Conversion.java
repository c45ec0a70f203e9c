package dev.firn.generator.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firn.config.Closest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Rows to records of a schema, strictly: nothing is rounded, cut, guessed or left out. A field without a value gets its
 * default, else null where the schema allows it.
 */
final class Conversion {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(Object.class);

    private final Schema schema;
    private final boolean ignoresUnknown;

    /** @param ignoresUnknown leaves out values that the schema has no field for, rather than to refuse them */
    Conversion(Schema schema, boolean ignoresUnknown) {
        this.schema = schema;
        this.ignoresUnknown = ignoresUnknown;
    }

    /** @throws BadValueException names the field that can't be made */
    GenericRecord record(Map<String, @Nullable Object> row) {
        return record(schema, Nesting.of(row));
    }

    /** Refuses names, with dots into records, that the schema has no field for. */
    void check(Collection<String> names) {
        names.forEach(name -> check(schema, name));
    }

    private void check(Schema type, String path) {
        Schema record = Unions.only(type);
        if (record.getType() != Schema.Type.RECORD) {
            return;
        }
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        Schema.Field field = record.getField(name);
        if (field == null) {
            refuseUnless(ignoresUnknown, record, name);
        } else if (dot >= 0) {
            checkBelow(field, path.substring(dot + 1));
        }
    }

    private void checkBelow(Schema.Field field, String path) {
        try {
            check(field.schema(), path);
        } catch (BadValueException e) {
            throw e.in(field.name());
        }
    }

    private static void refuseUnless(boolean allowed, Schema record, String name) {
        if (!allowed) {
            List<String> known =
                    record.getFields().stream().map(Schema.Field::name).toList();
            throw new BadValueException("no field of " + record.getName() + Closest.hint(name, known)).in(name);
        }
    }

    private GenericRecord record(Schema type, Map<?, ?> values) {
        for (Object name : values.keySet()) {
            if (type.getField(String.valueOf(name)) == null) {
                refuseUnless(ignoresUnknown, type, String.valueOf(name));
            }
        }
        GenericRecord record = new GenericData.Record(type);
        for (Schema.Field field : type.getFields()) {
            record.put(field.pos(), field(field, values));
        }
        return record;
    }

    private @Nullable Object field(Schema.Field field, Map<?, ?> values) {
        if (values.containsKey(field.name())) {
            return at(field.name(), field.schema(), values.get(field.name()));
        }
        if (field.hasDefaultValue()) {
            return GenericData.get().getDefaultValue(field);
        }
        if (field.schema().isNullable()) {
            return null;
        }
        throw new BadValueException("has no value, and no default").in(field.name());
    }

    private @Nullable Object at(String step, Schema type, @Nullable Object value) {
        try {
            return value(type, value);
        } catch (BadValueException e) {
            throw e.in(step);
        }
    }

    private @Nullable Object value(Schema type, @Nullable Object value) {
        if (value == null) {
            if (type.isNullable()) {
                return null;
            }
            throw new BadValueException("null is not allowed");
        }
        return switch (type.getType()) {
            case UNION -> union(type, value);
            case RECORD -> record(type, map(value));
            case MAP -> values(type, map(value));
            case ARRAY -> items(type, value);
            default -> Scalars.of(type, value);
        };
    }

    private @Nullable Object union(Schema union, Object value) {
        List<Schema> branches = Unions.branches(union);
        if (branches.size() == 1) {
            return value(branches.get(0), value);
        }
        BadValueException last = new BadValueException("the schema allows null only");
        for (Schema branch : branches) {
            try {
                return value(branch, value);
            } catch (BadValueException e) {
                last = e;
            }
        }
        throw new BadValueException("fits no type of the union", last);
    }

    private Object values(Schema type, Map<?, ?> values) {
        Map<String, @Nullable Object> converted = new LinkedHashMap<>();
        values.forEach((key, value) ->
                converted.put(String.valueOf(key), at(String.valueOf(key), type.getValueType(), value)));
        return converted;
    }

    private Object items(Schema type, Object value) {
        if (!(parsed(value) instanceof List<?> items)) {
            throw new BadValueException("no list: wanted like [\"a\", \"b\"]");
        }
        GenericData.Array<@Nullable Object> converted = new GenericData.Array<>(items.size(), type);
        for (int i = 0; i < items.size(); i++) {
            converted.add(at("[" + i + "]", type.getElementType(), items.get(i)));
        }
        return converted;
    }

    private static Map<?, ?> map(Object value) {
        if (parsed(value) instanceof Map<?, ?> map) {
            return map;
        }
        throw new BadValueException(
                "no object: wanted like {\"name\": \"value\"}, or columns with dots in their names");
    }

    /** In CSV, what has parts is written as JSON. */
    private static @Nullable Object parsed(Object value) {
        if (!(value instanceof String text)) {
            return value;
        }
        try {
            return JSON.readValue(text);
        } catch (JsonProcessingException e) {
            throw new BadValueException("neither a list or an object, nor JSON of one", e);
        }
    }
}
