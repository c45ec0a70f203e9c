package dev.firn.sink.maintain;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.apache.iceberg.types.Type;

/**
 * Values as bytes that are in the same order as the values are, each type's of one width. Texts and binaries are cut off, so that
 * what begins alike is alike.
 */
final class OrderedBytes {
    /** Of texts and binaries. */
    private static final int PREFIX = 24;
    /** Of decimals, of any precision, and UUIDs. */
    private static final int LARGE = 16;

    private OrderedBytes() {}

    /** How many bytes a value of the type takes; 0 if its values have no order. */
    static int width(Type type) {
        return switch (type.typeId()) {
            case BOOLEAN -> 1;
            case INTEGER, DATE, FLOAT -> Integer.BYTES;
            case LONG, TIME, TIMESTAMP, TIMESTAMP_NANO, DOUBLE -> Long.BYTES;
            case DECIMAL, UUID -> LARGE;
            case STRING, FIXED, BINARY -> PREFIX;
            default -> 0;
        };
    }

    /** Of a value.
     *
     * @param value as Iceberg has it inside: days and microseconds as numbers
     */
    static byte[] of(Type type, Object value) {
        ByteBuffer bytes = ByteBuffer.allocate(width(type));
        switch (type.typeId()) {
            case BOOLEAN -> bytes.put((byte) ((Boolean) value ? 1 : 0));
            case INTEGER, DATE -> bytes.putInt((Integer) value ^ Integer.MIN_VALUE);
            case FLOAT -> bytes.putInt(ordered(Float.floatToIntBits((Float) value)));
            case DOUBLE -> bytes.putLong(ordered(Double.doubleToLongBits((Double) value)));
            case LONG, TIME, TIMESTAMP, TIMESTAMP_NANO -> bytes.putLong((Long) value ^ Long.MIN_VALUE);
            case DECIMAL -> put(((BigDecimal) value).unscaledValue(), bytes);
            case UUID -> put((UUID) value, bytes);
            case STRING -> put((CharSequence) value, bytes);
            case FIXED, BINARY -> put((ByteBuffer) value, bytes);
            default -> throw new IllegalArgumentException(type.toString());
        }
        return bytes.array();
    }

    /** The bits of a negative number are in the other order. */
    private static int ordered(int bits) {
        return bits ^ (bits >> (Integer.SIZE - 1) | Integer.MIN_VALUE);
    }

    private static long ordered(long bits) {
        return bits ^ (bits >> (Long.SIZE - 1) | Long.MIN_VALUE);
    }

    private static void put(BigInteger number, ByteBuffer to) {
        byte[] digits = number.toByteArray();
        byte[] wide = new byte[LARGE];
        Arrays.fill(wide, (byte) (number.signum() < 0 ? -1 : 0));
        System.arraycopy(digits, 0, wide, LARGE - digits.length, digits.length);
        wide[0] ^= Byte.MIN_VALUE;
        to.put(wide);
    }

    private static void put(UUID uuid, ByteBuffer to) {
        to.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    }

    private static void put(CharSequence text, ByteBuffer to) {
        // no half of a character is the last one that counts
        int end = Math.min(text.length(), PREFIX + 1);
        put(ByteBuffer.wrap(text.subSequence(0, end).toString().getBytes(StandardCharsets.UTF_8)), to);
    }

    private static void put(ByteBuffer binary, ByteBuffer to) {
        to.put(0, binary, binary.position(), Math.min(binary.remaining(), to.remaining()));
    }
}
