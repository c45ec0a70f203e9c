package dev.firn.sink.write;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Schemas of any shape, and values of them. */
final class RandomAvro {
    private static final List<LogicalType> OF_LONG = List.of(
            LogicalTypes.timeMicros(),
            LogicalTypes.timestampMillis(),
            LogicalTypes.timestampMicros(),
            LogicalTypes.timestampNanos(),
            LogicalTypes.localTimestampMillis(),
            LogicalTypes.localTimestampMicros(),
            LogicalTypes.localTimestampNanos());

    private final Random random;
    private int names;

    RandomAvro(Random random) {
        this.random = random;
    }

    Schema schema() {
        return record(3);
    }

    private String name(String what) {
        return what + names++;
    }

    private Schema record(int depth) {
        Schema record = Schema.createRecord(name("R"), null, "test.n" + random.nextInt(3), false);
        List<Schema.Field> fields = new ArrayList<>();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            Schema type = depth < 3 && random.nextInt(12) == 0
                    ? Schema.createUnion(Schema.create(Schema.Type.NULL), record)
                    : type(depth, true);
            fields.add(new Schema.Field(name("f"), type, random.nextBoolean() ? "doc " + i : null, null));
        }
        record.setFields(fields);
        return record;
    }

    private Schema type(int depth, boolean unionAllowed) {
        int kind = random.nextInt(depth == 0 ? 10 : 15);
        if (kind >= 8 && kind < 10) {
            return unionAllowed ? union(depth) : leaf();
        }
        return switch (kind) {
            case 10, 11 -> record(depth - 1);
            case 12, 13 -> Schema.createArray(type(depth - 1, true));
            case 14 -> Schema.createMap(type(depth - 1, true));
            default -> leaf();
        };
    }

    private Schema union(int depth) {
        Map<String, Schema> branches = new HashMap<>();
        if (random.nextInt(4) != 0) {
            branches.put("null", Schema.create(Schema.Type.NULL));
        }
        int more = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 1;
        for (int i = 0; i < more; i++) {
            Schema branch = type(Math.max(depth - 1, 0), false);
            branches.putIfAbsent(branch.getFullName(), branch);
        }
        return Schema.createUnion(new ArrayList<>(branches.values()));
    }

    private Schema leaf() {
        return switch (random.nextInt(20)) {
            case 0 -> Schema.create(Schema.Type.BOOLEAN);
            case 1 -> Schema.create(Schema.Type.INT);
            case 2 -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case 3 -> LogicalTypes.timeMillis().addToSchema(Schema.create(Schema.Type.INT));
            case 4 -> Schema.create(Schema.Type.LONG);
            case 5, 6, 7 -> OF_LONG.get(random.nextInt(OF_LONG.size())).addToSchema(Schema.create(Schema.Type.LONG));
            case 8 -> Schema.create(Schema.Type.FLOAT);
            case 9 -> Schema.create(Schema.Type.DOUBLE);
            case 10 -> Schema.create(Schema.Type.BYTES);
            case 11 -> decimal(Schema.create(Schema.Type.BYTES), 1 + random.nextInt(42));
            case 12 -> decimal(Schema.createFixed(name("D"), null, "test", 9), 1 + random.nextInt(21));
            case 13 -> Schema.createFixed(name("X"), null, "test", 1 + random.nextInt(20));
            case 14 -> LogicalTypes.uuid().addToSchema(Schema.createFixed(name("U"), null, "test", 16));
            case 15 -> LogicalTypes.uuid().addToSchema(Schema.create(Schema.Type.STRING));
            case 16 -> Schema.createEnum(name("E"), null, "test", List.of("A", "B", "C"));
            case 17 ->
                random.nextInt(4) == 0
                        ? Schema.create(Schema.Type.NULL)
                        : Schema.createRecord(name("Empty"), null, "test", false, List.of());
            default -> Schema.create(Schema.Type.STRING);
        };
    }

    private Schema decimal(Schema base, int precision) {
        return LogicalTypes.decimal(precision, random.nextInt(precision + 1)).addToSchema(base);
    }

    Object value(Schema schema) {
        return Objects.requireNonNull(value(schema, 0));
    }

    private @Nullable Object value(Schema schema, int depth) {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case INT -> integer(schema);
            case LONG -> longInteger(schema);
            case FLOAT -> random.nextInt(10) == 0 ? Float.NaN : random.nextFloat() - 0.5f;
            case DOUBLE -> random.nextInt(10) == 0 ? Double.NEGATIVE_INFINITY : random.nextGaussian();
            case BYTES ->
                ByteBuffer.wrap(
                        schema.getLogicalType() instanceof LogicalTypes.Decimal d
                                ? unscaled(d)
                                : bytes(random.nextInt(9)));
            case FIXED -> fixed(schema);
            case STRING -> schema.getLogicalType() == null ? text() : new UUID(random.nextLong(), 7).toString();
            case ENUM ->
                new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(random.nextInt(3)));
            case RECORD -> record(schema, depth);
            case ARRAY ->
                IntStream.range(0, size(depth))
                        .mapToObj(i -> value(schema.getElementType(), depth + 1))
                        .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
            case MAP -> map(schema, depth);
            case UNION -> union(schema, depth);
        };
    }

    private int size(int depth) {
        return depth > 6 || random.nextInt(4) == 0 ? 0 : random.nextInt(5);
    }

    private @Nullable Object union(Schema schema, int depth) {
        List<Schema> types = schema.getTypes();
        if (depth > 6) {
            for (Schema type : types) {
                if (type.getType() == Schema.Type.NULL) {
                    return null;
                }
            }
        }
        return value(types.get(random.nextInt(types.size())), depth + 1);
    }

    private GenericData.Record record(Schema schema, int depth) {
        GenericData.Record record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), value(field.schema(), depth + 1));
        }
        return record;
    }

    private Map<String, @Nullable Object> map(Schema schema, int depth) {
        Map<String, @Nullable Object> map = new HashMap<>();
        for (int i = size(depth); i > 0; i--) {
            map.put(text(), value(schema.getValueType(), depth + 1));
        }
        return map;
    }

    private int integer(Schema schema) {
        if (schema.getLogicalType() == null) {
            return random.nextInt() >> random.nextInt(32);
        }
        return random.nextInt(schema.getLogicalType().getName().equals("date") ? 40_000 : 86_400_000);
    }

    private long longInteger(Schema schema) {
        if (schema.getLogicalType() == null) {
            return random.nextLong() >> random.nextInt(64);
        }
        return switch (schema.getLogicalType().getName()) {
            case "time-micros" -> (random.nextLong() & Long.MAX_VALUE) % 86_400_000_000L;
            case "timestamp-millis", "local-timestamp-millis" -> random.nextInt() * 1000L + 7;
            case "timestamp-nanos", "local-timestamp-nanos" -> random.nextInt() * 1_000_000_001L;
            default -> random.nextInt() * 1_000_001L;
        };
    }

    private byte[] unscaled(LogicalTypes.Decimal decimal) {
        int digits = 1 + random.nextInt(decimal.getPrecision());
        BigInteger value = new BigInteger(200, random).mod(BigInteger.TEN.pow(digits));
        return (random.nextBoolean() ? value : value.negate()).toByteArray();
    }

    private GenericData.Fixed fixed(Schema schema) {
        if (!(schema.getLogicalType() instanceof LogicalTypes.Decimal decimal)) {
            return new GenericData.Fixed(schema, bytes(schema.getFixedSize()));
        }
        byte[] unscaled = unscaled(decimal);
        byte[] filled = new byte[schema.getFixedSize()];
        Arrays.fill(filled, (byte) (unscaled[0] >> 7));
        System.arraycopy(unscaled, 0, filled, filled.length - unscaled.length, unscaled.length);
        return new GenericData.Fixed(schema, filled);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String text() {
        return random.ints(random.nextInt(12), 32, random.nextInt(3) == 0 ? 0x2fff : 127)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
