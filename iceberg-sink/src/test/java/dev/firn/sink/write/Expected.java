package dev.firn.sink.write;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.sink.table.Unions;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * What a table's rows must read as, from what Avro's own reader makes of the bytes. Rows are maps without their nulls, so
 * that it does not matter which other columns a table has; JSON text is a tree.
 */
final class Expected {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final Deque<String> enclosing = new ArrayDeque<>();

    Map<String, Object> row(GenericData.Record record) {
        enclosing.push(record.getSchema().getFullName());
        Map<String, Object> row = new HashMap<>();
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = value(field.schema(), record.get(field.pos()));
            if (value != null && Unions.value(field.schema()).getType() != Schema.Type.NULL) {
                row.put(field.name(), value);
            }
        }
        enclosing.pop();
        return row;
    }

    private @Nullable Object value(Schema schema, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (schema.getType()) {
            case INT, LONG -> whole(schema, ((Number) value).longValue(), value);
            case BYTES -> decimalOr(schema, (ByteBuffer) value, value);
            case FIXED -> fixed(schema, ByteBuffer.wrap(((GenericFixed) value).bytes()));
            case STRING -> schema.getLogicalType() == null ? value.toString() : UUID.fromString(value.toString());
            case ENUM -> value.toString();
            case ARRAY -> list(schema, (List<?>) value);
            case MAP -> map(schema, (Map<?, ?>) value);
            case RECORD -> record(schema, (GenericData.Record) value);
            case UNION -> union(schema, value);
            case NULL, BOOLEAN, FLOAT, DOUBLE -> value;
        };
    }

    private Object record(Schema schema, GenericData.Record value) {
        boolean hasNoColumns = schema.getFields().stream()
                .allMatch(field -> Unions.value(field.schema()).getType() == Schema.Type.NULL);
        return hasNoColumns || enclosing.contains(schema.getFullName())
                ? new JsonTree(canonical(JSON.valueToTree(json(schema, value))))
                : row(value);
    }

    private @Nullable Object union(Schema schema, Object value) {
        int index = GenericData.get().resolveUnion(schema, value);
        List<Unions.Branch> branches = Unions.branches(schema);
        for (Unions.Branch branch : branches) {
            if (branch.index() == index) {
                Object plain = value(branch.schema(), value);
                return branches.size() == 1 || plain == null ? plain : Map.of(branch.column(), plain);
            }
        }
        return null;
    }

    private List<@Nullable Object> list(Schema schema, List<?> values) {
        List<@Nullable Object> list = new ArrayList<>();
        values.forEach(element -> list.add(value(schema.getElementType(), element)));
        return list;
    }

    private Map<String, @Nullable Object> map(Schema schema, Map<?, ?> values) {
        Map<String, @Nullable Object> map = new HashMap<>();
        values.forEach((key, element) -> map.put(key.toString(), value(schema.getValueType(), element)));
        return map;
    }

    private static Object whole(Schema schema, long number, Object plain) {
        if (schema.getLogicalType() == null) {
            return plain;
        }
        return switch (schema.getLogicalType().getName()) {
            case "date" -> LocalDate.ofEpochDay(number);
            case "time-millis" -> LocalTime.ofNanoOfDay(number * 1_000_000);
            case "time-micros" -> LocalTime.ofNanoOfDay(number * 1000);
            case "timestamp-millis" ->
                Instant.EPOCH.plus(number, ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
            case "timestamp-micros" ->
                Instant.EPOCH.plus(number, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
            case "timestamp-nanos" -> micros(number).atOffset(ZoneOffset.UTC);
            case "local-timestamp-millis" -> LocalDateTime.ofInstant(Instant.ofEpochMilli(number), ZoneOffset.UTC);
            case "local-timestamp-micros" ->
                LocalDateTime.ofInstant(Instant.EPOCH.plus(number, ChronoUnit.MICROS), ZoneOffset.UTC);
            default -> LocalDateTime.ofInstant(micros(number), ZoneOffset.UTC);
        };
    }

    private static Instant micros(long nanos) {
        return Instant.ofEpochSecond(0, nanos).truncatedTo(ChronoUnit.MICROS);
    }

    private static Object decimalOr(Schema schema, ByteBuffer bytes, Object plain) {
        if (!(schema.getLogicalType() instanceof LogicalTypes.Decimal decimal)) {
            return plain;
        }
        byte[] unscaled = new byte[bytes.remaining()];
        bytes.duplicate().get(unscaled);
        BigDecimal value = new BigDecimal(new BigInteger(unscaled), decimal.getScale());
        return decimal.getPrecision() > 38 ? value.toPlainString() : value;
    }

    private static Object fixed(Schema schema, ByteBuffer bytes) {
        return schema.getLogicalType() != null
                        && schema.getLogicalType().getName().equals("uuid")
                ? new UUID(bytes.getLong(0), bytes.getLong(8))
                : decimalOr(schema, bytes, bytes);
    }

    private static @Nullable Object json(Schema schema, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (schema.getType()) {
            case BYTES -> jsonBytes(schema, (ByteBuffer) value);
            case FIXED -> jsonBytes(schema, ByteBuffer.wrap(((GenericFixed) value).bytes()));
            case STRING, ENUM -> value.toString();
            case FLOAT, DOUBLE -> fraction((Number) value);
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                ((List<?>) value).forEach(element -> list.add(json(schema.getElementType(), element)));
                yield list;
            }
            case MAP -> {
                Map<String, @Nullable Object> map = new HashMap<>();
                ((Map<?, ?>) value)
                        .forEach((k, element) -> map.put(k.toString(), json(schema.getValueType(), element)));
                yield map;
            }
            case RECORD -> {
                Map<String, @Nullable Object> map = new HashMap<>();
                for (Schema.Field field : schema.getFields()) {
                    map.put(field.name(), json(field.schema(), ((GenericData.Record) value).get(field.pos())));
                }
                yield map;
            }
            case UNION -> json(schema.getTypes().get(GenericData.get().resolveUnion(schema, value)), value);
            default -> value;
        };
    }

    private static Object fraction(Number value) {
        boolean finite = value instanceof Float single ? Float.isFinite(single) : Double.isFinite(value.doubleValue());
        return finite ? new BigDecimal(value.toString()) : value.toString();
    }

    private static Object jsonBytes(Schema schema, ByteBuffer bytes) {
        Object value = decimalOr(schema, bytes, bytes);
        if (value instanceof ByteBuffer) {
            byte[] plain = new byte[bytes.remaining()];
            bytes.duplicate().get(plain);
            return Base64.getEncoder().encodeToString(plain);
        }
        return value instanceof String large ? new BigDecimal(large) : value;
    }

    /** Equal to text of the same content. */
    private record JsonTree(@Nullable Object content) {}

    private static @Nullable Object canonical(JsonNode node) {
        if (node.isObject()) {
            Map<String, @Nullable Object> fields = new HashMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), canonical(field.getValue())));
            return fields;
        }
        if (node.isArray()) {
            List<@Nullable Object> elements = new ArrayList<>();
            node.forEach(element -> elements.add(canonical(element)));
            return elements;
        }
        if (node.isNumber()) {
            return node.decimalValue().stripTrailingZeros();
        }
        return node.isNull() ? null : node.asText();
    }

    private static JsonTree tree(String text) {
        try {
            return new JsonTree(canonical(JSON.readTree(text)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }

    /** Whether they are the same, where what is expected says what text is JSON. */
    static boolean same(@Nullable Object expected, @Nullable Object actual) {
        if (expected instanceof JsonTree json) {
            return actual instanceof String text && json.equals(tree(text));
        }
        if (expected instanceof Map<?, ?> fields && actual instanceof Map<?, ?> others) {
            return fields.keySet().equals(others.keySet())
                    && fields.entrySet().stream().allMatch(field -> same(field.getValue(), others.get(field.getKey())));
        }
        if (expected instanceof List<?> list && actual instanceof List<?> other) {
            return list.size() == other.size()
                    && IntStream.range(0, list.size()).allMatch(i -> same(list.get(i), other.get(i)));
        }
        return Objects.equals(expected, actual) || isWider(expected, actual);
    }

    /** In a column that was widened since. */
    private static boolean isWider(@Nullable Object expected, @Nullable Object actual) {
        return (expected instanceof Integer whole && Objects.equals(whole.longValue(), actual))
                || (expected instanceof Float fraction && Objects.equals(fraction.doubleValue(), actual));
    }

    /** A row as it was read, in the same form. Columns of the record's origin are left out. */
    static Map<String, Object> actual(Record row) {
        Map<String, Object> fields = new HashMap<>();
        for (Types.NestedField field : row.struct().fields()) {
            Object value = row.getField(field.name());
            if (value != null && !field.name().startsWith("_")) {
                fields.put(field.name(), plain(value));
            }
        }
        return fields;
    }

    private static Object plain(Object value) {
        if (value instanceof Record record) {
            Map<String, Object> fields = new HashMap<>();
            for (Types.NestedField field : record.struct().fields()) {
                Object inner = record.getField(field.name());
                if (inner != null) {
                    fields.put(field.name(), plain(inner));
                }
            }
            return fields;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> plain = new ArrayList<>();
            list.forEach(element -> plain.add(element == null ? null : plain(element)));
            return plain;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> plain = new HashMap<>();
            map.forEach((key, element) -> plain.put(key.toString(), element == null ? null : plain(element)));
            return plain;
        }
        return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
    }
}
