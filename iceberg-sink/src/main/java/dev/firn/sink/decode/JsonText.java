package dev.firn.sink.decode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * An Avro value as JSON text. Unions are their value, enums their symbol, decimals numbers, other bytes Base64, times the
 * numbers they are, and floats that JSON has no number for are strings. Reused from value to value; for one thread.
 */
public final class JsonText {
    private final StringBuilder text = new StringBuilder();

    /** The text of the value at the cursor, which moves behind it. The value was checked. */
    public byte[] of(Schema schema, AvroInput in) {
        text.setLength(0);
        value(schema, in);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void value(Schema schema, AvroInput in) {
        switch (schema.getType()) {
            case NULL -> text.append("null");
            case BOOLEAN -> text.append(in.nextBoolean());
            case INT, LONG -> text.append(in.nextLong());
            case FLOAT -> number(in.nextFloat());
            case DOUBLE -> number(in.nextDouble());
            case BYTES -> bytes(schema, in.nextInt(), in);
            case FIXED -> bytes(schema, schema.getFixedSize(), in);
            case STRING -> string(string(in));
            case ENUM -> string(schema.getEnumSymbols().get(in.nextInt()));
            case UNION -> value(schema.getTypes().get(in.nextInt()), in);
            case RECORD -> record(schema, in);
            case ARRAY -> array(schema.getElementType(), in);
            case MAP -> map(schema.getValueType(), in);
        }
    }

    private void number(double value) {
        if (Double.isFinite(value)) {
            text.append(value);
        } else {
            string(Double.toString(value));
        }
    }

    private void number(float value) {
        if (Float.isFinite(value)) {
            text.append(value);
        } else {
            string(Float.toString(value));
        }
    }

    private void bytes(Schema schema, int length, AvroInput in) {
        int from = in.take(length);
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            BigInteger unscaled = new BigInteger(in.bytes(), from, length);
            text.append(new BigDecimal(unscaled, decimal.getScale()).toPlainString());
        } else {
            byte[] base64 = Base64.getEncoder().encode(Arrays.copyOfRange(in.bytes(), from, from + length));
            string(new String(base64, StandardCharsets.US_ASCII));
        }
    }

    private static String string(AvroInput in) {
        int length = in.nextInt();
        return new String(in.bytes(), in.take(length), length, StandardCharsets.UTF_8);
    }

    private void record(Schema schema, AvroInput in) {
        text.append('{');
        char separator = 0;
        for (Schema.Field field : schema.getFields()) {
            separator = separate(separator);
            string(field.name());
            text.append(':');
            value(field.schema(), in);
        }
        text.append('}');
    }

    private char separate(char separator) {
        if (separator != 0) {
            text.append(separator);
        }
        return ',';
    }

    private void array(Schema element, AvroInput in) {
        text.append('[');
        char separator = 0;
        for (long count = in.nextBlock(); count > 0; count = in.nextBlock()) {
            for (long i = 0; i < count; i++) {
                separator = separate(separator);
                value(element, in);
            }
        }
        text.append(']');
    }

    private void map(Schema value, AvroInput in) {
        text.append('{');
        char separator = 0;
        for (long count = in.nextBlock(); count > 0; count = in.nextBlock()) {
            for (long i = 0; i < count; i++) {
                separator = separate(separator);
                string(string(in));
                text.append(':');
                value(value, in);
            }
        }
        text.append('}');
    }

    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            character(value.charAt(i));
        }
        text.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                if (c < ' ') {
                    text.append(String.format("\\u%04x", (int) c));
                } else {
                    text.append(c);
                }
            }
        }
    }
}
