package dev.firn.processor.pack;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.avro.generic.GenericFixed;

/** Avro's decimals as its generic reader gives them: big-endian unscaled bytes. */
public final class Decimals {
    private Decimals() {}

    /** Of a {@link ByteBuffer} or a fixed; leaves the buffer's position alone. */
    public static BigDecimal of(Object value, int scale) {
        return new BigDecimal(new BigInteger(unscaled(value)), scale);
    }

    /** The bytes of a {@link ByteBuffer} or a fixed; leaves the buffer's position alone. */
    public static byte[] unscaled(Object value) {
        if (value instanceof GenericFixed fixed) {
            return fixed.bytes();
        }
        ByteBuffer buffer = (ByteBuffer) value;
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    /** As the generic writer takes them.
     *
     * @throws ArithmeticException if the value has digits past the scale
     */
    public static ByteBuffer bytes(BigDecimal value, int scale) {
        return ByteBuffer.wrap(value.setScale(scale).unscaledValue().toByteArray());
    }
}
