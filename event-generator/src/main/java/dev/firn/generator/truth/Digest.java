package dev.firn.generator.truth;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The sum, over rows, of a hash of each: the same whatever the order of the rows, and with all likelihood another if any
 * row misses, differs or comes twice. It is what DuckDB computes for
 * {@code sum(md5_number_lower(concat_ws('|', …)))}: the last 8 of the 16 bytes of the MD5 of the row's columns, read
 * little endian as an unsigned number. As in {@code concat_ws}, a null leaves no trace.
 */
final class Digest {
    private static final int LOWER_HALF = 8;
    private static final byte[] SEPARATOR = {'|'};

    private final MessageDigest md5 = md5();
    private byte[] row = new byte[512];
    private int length;
    private boolean first = true;
    private long low;
    private long high;

    /** Appends a column of the row. */
    void column(@Nullable String text) {
        if (text == null) {
            return;
        }
        if (!first) {
            append(SEPARATOR);
        }
        first = false;
        append(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Ends the row.
     *
     * @param times 1, or -1 for a row that is taken back
     */
    void end(int times) {
        md5.update(row, 0, length);
        long number = number(md5.digest());
        if (times > 0) {
            add(number);
        } else {
            subtract(number);
        }
        length = 0;
        first = true;
    }

    /** The sum so far. */
    String sum() {
        BigInteger lowest = new BigInteger(Long.toUnsignedString(low));
        return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(lowest).toString();
    }

    private static long number(byte[] hash) {
        long number = 0;
        for (int i = hash.length - 1; i >= LOWER_HALF; i--) {
            number = (number << Byte.SIZE) | (hash[i] & 0xFF);
        }
        return number;
    }

    private void add(long number) {
        low += number;
        if (Long.compareUnsigned(low, number) < 0) {
            high++;
        }
    }

    private void subtract(long number) {
        if (Long.compareUnsigned(low, number) < 0) {
            high--;
        }
        low -= number;
    }

    private void append(byte[] bytes) {
        if (length + bytes.length > row.length) {
            row = Arrays.copyOf(row, Math.max(2 * row.length, length + bytes.length));
        }
        System.arraycopy(bytes, 0, row, length, bytes.length);
        length += bytes.length;
    }

    static MessageDigest md5() {
        return algorithm("MD5");
    }

    static byte[] sha256(String text) {
        return algorithm("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest algorithm(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }
}
