package dev.firn.sink.keys;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Hashes keys, value by value, as Iceberg represents them internally. The same value has the same hash whether its column
 * is an int or has been promoted to a long, a float or a double. Reused from key to key; for one thread.
 */
public final class KeyDigest {
    private final MessageDigest digest;
    private final ByteBuffer number = ByteBuffer.allocate(Integer.BYTES + 2 * Long.BYTES);

    public KeyDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Adds the key's next value.
     *
     * @throws IllegalArgumentException if no column of a key holds such a value
     */
    public void add(Object value) {
        if (value instanceof CharSequence text) {
            add(text.toString().getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof Integer || value instanceof Long) {
            digest.update(number.clear()
                    .putInt(Long.BYTES)
                    .putLong(((Number) value).longValue())
                    .flip());
        } else if (value instanceof Float || value instanceof Double) {
            double wide = ((Number) value).doubleValue();
            digest.update(number.clear().putInt(Double.BYTES).putDouble(wide).flip());
        } else {
            addOther(value);
        }
    }

    private void addOther(Object value) {
        if (value instanceof Boolean flag) {
            add(new byte[] {(byte) (flag ? 1 : 0)});
        } else if (value instanceof UUID id) {
            digest.update(number.clear()
                    .putInt(2 * Long.BYTES)
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .flip());
        } else if (value instanceof BigDecimal decimal) {
            add(decimal.unscaledValue().toByteArray());
        } else if (value instanceof ByteBuffer bytes) {
            digest.update(number.clear().putInt(bytes.remaining()).flip());
            digest.update(bytes.duplicate());
        } else if (value instanceof byte[] bytes) {
            add(bytes);
        } else {
            throw new IllegalArgumentException("no value of a key: " + value.getClass());
        }
    }

    private void add(byte[] bytes) {
        digest.update(number.clear().putInt(bytes.length).flip());
        digest.update(bytes);
    }

    /** Of the values added since the last call. */
    public KeyHash hash() {
        ByteBuffer whole = ByteBuffer.wrap(digest.digest());
        return new KeyHash(whole.getLong(), whole.getLong());
    }
}
