package dev.firn.sink.table;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** What Avro's fields default to, as Iceberg's columns do: single values, and none that are null. */
final class Defaults {
    /** Format versions before have no defaults. */
    static final int FIRST_VERSION = 3;

    private static final long THOUSAND = 1000;

    private Defaults() {}

    /** For a column of the type; empty if the field has none that a column could have. */
    static Optional<Literal<?>> of(Schema.Field field, Type column) {
        Object value = field.hasDefaultValue() ? field.defaultVal() : null;
        if (value == null || value == JsonProperties.NULL_VALUE || !column.isPrimitiveType()) {
            return Optional.empty();
        }
        // a union's default is of its first branch
        Schema schema = field.schema().isUnion() ? field.schema().getTypes().get(0) : field.schema();
        return literal(value, schema, column);
    }

    private static Optional<Literal<?>> literal(Object value, Schema schema, Type column) {
        if (value instanceof Boolean flag) {
            return converted(Expressions.lit(flag), column);
        }
        if (value instanceof byte[] bytes) {
            return bytes(bytes, column);
        }
        if (value instanceof CharSequence text) {
            return converted(Expressions.lit(text.toString()), column);
        }
        return value instanceof Number number ? number(number, schema, column) : Optional.empty();
    }

    private static Optional<Literal<?>> number(Number number, Schema schema, Type column) {
        return switch (schema.getType()) {
            case FLOAT -> converted(Expressions.lit(number.floatValue()), column);
            case DOUBLE -> converted(Expressions.lit(number.doubleValue()), column);
            case INT, LONG -> converted(whole(number.longValue(), Logical.of(schema), column), column);
            default -> Optional.empty();
        };
    }

    private static Literal<?> whole(long value, Logical logical, Type column) {
        return switch (logical) {
            case TIME_MILLIS, TIMESTAMP_MILLIS, LOCAL_TIMESTAMP_MILLIS -> Expressions.lit(value * THOUSAND);
            case TIMESTAMP_NANOS, LOCAL_TIMESTAMP_NANOS -> Expressions.lit(Math.floorDiv(value, THOUSAND));
            default -> column.typeId() == Type.TypeID.DATE ? Expressions.lit((int) value) : Expressions.lit(value);
        };
    }

    private static Optional<Literal<?>> bytes(byte[] bytes, Type column) {
        return switch (column.typeId()) {
            case BINARY, FIXED -> converted(Expressions.lit(ByteBuffer.wrap(bytes)), column);
            case DECIMAL -> {
                int scale = ((Types.DecimalType) column).scale();
                yield converted(Expressions.lit(new BigDecimal(new BigInteger(bytes), scale)), column);
            }
            default -> Optional.empty();
        };
    }

    /** Null is what a literal makes of a type that it can't be, and others say that it is out of the type's range. */
    private static Optional<Literal<?>> converted(Literal<?> literal, Type column) {
        Literal<?> converted = literal.to(column);
        return converted == null || converted.value() == null ? Optional.empty() : Optional.of(converted);
    }
}
