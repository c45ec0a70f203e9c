package dev.firn.generator.replay;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Single values as Avro's writers want them. Each throws {@link BadValueException} where the value does not fit. */
final class Scalars {
    /** Digits before or behind the point; a text like 1e999999999 must not fill the memory. */
    private static final int LONGEST_NUMBER = 1_000;

    private Scalars() {}

    static Object of(Schema type, Object value) {
        LogicalType logical = type.getLogicalType();
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return decimal(type, decimal, value);
        }
        return switch (type.getType()) {
            case STRING -> text(value);
            case ENUM -> symbol(type, value);
            case BOOLEAN -> flag(value);
            case INT -> Math.toIntExact(ranged(whole(type, value), Integer.MIN_VALUE, Integer.MAX_VALUE));
            case LONG -> whole(type, value);
            case FLOAT ->
                value instanceof Number number
                        ? number.floatValue()
                        : number(value).floatValue();
            case DOUBLE ->
                value instanceof Number number
                        ? number.doubleValue()
                        : number(value).doubleValue();
            case BYTES -> bytes(value);
            case FIXED -> fixed(type, bytes(value));
            default ->
                throw new BadValueException("no value of type " + type.getType().getName() + " can be read");
        };
    }

    private static String text(Object value) {
        if (value instanceof Iterable<?> || value instanceof Map<?, ?> || value instanceof ByteBuffer) {
            throw new BadValueException("no text");
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private static Object symbol(Schema type, Object value) {
        String text = value.toString();
        if (!type.hasEnumSymbol(text)) {
            throw new BadValueException("none of " + type.getEnumSymbols());
        }
        return new GenericData.EnumSymbol(type, text);
    }

    private static boolean flag(Object value) {
        return switch (value.toString().strip().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new BadValueException("neither true nor false");
        };
    }

    private static long whole(Schema type, Object value) {
        LogicalType logical = type.getLogicalType();
        if (logical != null && Times.knows(logical) && !isNumber(value)) {
            return Times.of(logical, value);
        }
        try {
            return number(value).longValueExact();
        } catch (ArithmeticException e) {
            throw new BadValueException("no whole number that fits", e);
        }
    }

    /** Of times, whole numbers are what they are in Avro: so many units since the beginning of 1970. */
    private static boolean isNumber(Object value) {
        return value instanceof Number || value.toString().strip().matches("-?\\d{6,19}");
    }

    private static long ranged(long value, long least, long most) {
        if (value < least || value > most) {
            throw new BadValueException("no whole number that fits");
        }
        return value;
    }

    private static BigDecimal number(Object value) {
        try {
            BigDecimal number = new BigDecimal(value.toString().strip());
            if (Math.abs((long) number.scale()) + number.precision() <= LONGEST_NUMBER) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new BadValueException("no number", e);
        }
        throw new BadValueException("a number of more than " + LONGEST_NUMBER + " digits");
    }

    private static Object decimal(Schema type, LogicalTypes.Decimal decimal, Object value) {
        BigDecimal number = number(value);
        try {
            number = number.setScale(decimal.getScale(), RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw new BadValueException("more than " + decimal.getScale() + " digits behind the point", e);
        }
        if (number.precision() > decimal.getPrecision()) {
            throw new BadValueException("more than " + decimal.getPrecision() + " digits");
        }
        BigInteger unscaled = number.unscaledValue();
        return type.getType() == Schema.Type.FIXED
                ? new GenericData.Fixed(type, padded(unscaled, type.getFixedSize()))
                : ByteBuffer.wrap(unscaled.toByteArray());
    }

    private static byte[] padded(BigInteger unscaled, int size) {
        byte[] shortest = unscaled.toByteArray();
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) (unscaled.signum() < 0 ? -1 : 0));
        System.arraycopy(shortest, 0, bytes, size - shortest.length, shortest.length);
        return bytes;
    }

    private static ByteBuffer bytes(Object value) {
        if (value instanceof ByteBuffer bytes) {
            return bytes.duplicate();
        }
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(value.toString().strip()));
        } catch (IllegalArgumentException e) {
            throw new BadValueException("no bytes in Base64", e);
        }
    }

    private static Object fixed(Schema type, ByteBuffer bytes) {
        if (bytes.remaining() != type.getFixedSize()) {
            throw new BadValueException("not " + type.getFixedSize() + " bytes");
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return new GenericData.Fixed(type, copy);
    }
}
