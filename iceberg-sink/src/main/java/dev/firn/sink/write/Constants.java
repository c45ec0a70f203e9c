package dev.firn.sink.write;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.ByteBuffers;
import org.apache.iceberg.util.DecimalUtil;
import org.apache.iceberg.util.UUIDUtil;

/** Steps that write the default of a column, for records that have no field for it. */
final class Constants {
    private static final int MAX_DIGITS_OF_INT = 9;
    private static final int MAX_DIGITS_OF_LONG = 18;

    private Constants() {}

    static Step step(Types.NestedField field, int column, ParquetColumns columns) {
        int definition = columns.definition(column);
        Object value = field.writeDefault();
        if (value instanceof Boolean flag) {
            return (in, out, repetition) -> out.at(column).write(flag, repetition, definition);
        }
        if (value instanceof Integer number) {
            return (in, out, repetition) -> out.at(column).write(number, repetition, definition);
        }
        if (value instanceof Long number) {
            return (in, out, repetition) -> out.at(column).write(number, repetition, definition);
        }
        if (value instanceof Float number) {
            return (in, out, repetition) -> out.at(column).write(number, repetition, definition);
        }
        if (value instanceof Double number) {
            return (in, out, repetition) -> out.at(column).write(number, repetition, definition);
        }
        return value instanceof BigDecimal number
                ? decimal(number, (Types.DecimalType) field.type(), column, definition)
                : bytes(bytes(value), column, definition);
    }

    private static Step decimal(BigDecimal number, Types.DecimalType type, int column, int definition) {
        if (type.precision() <= MAX_DIGITS_OF_INT) {
            int unscaled = number.unscaledValue().intValueExact();
            return (in, out, repetition) -> out.at(column).write(unscaled, repetition, definition);
        }
        if (type.precision() <= MAX_DIGITS_OF_LONG) {
            long unscaled = number.unscaledValue().longValueExact();
            return (in, out, repetition) -> out.at(column).write(unscaled, repetition, definition);
        }
        byte[] fixed = new byte[TypeUtil.decimalRequiredBytes(type.precision())];
        return bytes(
                DecimalUtil.toReusedFixLengthBytes(type.precision(), type.scale(), number, fixed), column, definition);
    }

    private static byte[] bytes(Object value) {
        if (value instanceof UUID uuid) {
            return UUIDUtil.convert(uuid);
        }
        return value instanceof ByteBuffer buffer
                ? ByteBuffers.toByteArray(buffer)
                : value.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Step bytes(byte[] bytes, int column, int definition) {
        return (in, out, repetition) -> out.at(column).write(bytes, 0, bytes.length, repetition, definition);
    }
}
