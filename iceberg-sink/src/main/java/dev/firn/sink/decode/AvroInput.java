package dev.firn.sink.decode;

import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A cursor over one Avro datum. To be walked twice: once by a {@link RecordCheck}, which believes nothing, then, from
 * the start again, by whoever wants the values, who can believe everything. Reused from record to record; for one thread.
 */
public final class AvroInput {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[0];
    private int start;
    private int position;
    private int limit;

    /** Points the cursor at a datum's first byte. */
    public void reset(byte[] datum, int from) {
        bytes = datum;
        start = from;
        position = from;
        limit = datum.length;
    }

    /** Back to the datum's first byte. */
    public void rewind() {
        position = start;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int position() {
        return position;
    }

    public void position(int to) {
        position = to;
    }

    int remaining() {
        return limit - position;
    }

    /** An int or a long, as both are written the same. */
    public long nextLong() {
        int b = bytes[position++];
        long zigzag = b & 0x7f;
        for (int shift = 7; b < 0; shift += 7) {
            b = bytes[position++];
            zigzag |= (b & 0x7fL) << shift;
        }
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    public int nextInt() {
        return (int) nextLong();
    }

    public boolean nextBoolean() {
        return bytes[position++] != 0;
    }

    public float nextFloat() {
        int bits = (int) INTS.get(bytes, position);
        position += Float.BYTES;
        return Float.intBitsToFloat(bits);
    }

    public double nextDouble() {
        long bits = (long) LONGS.get(bytes, position);
        position += Double.BYTES;
        return Double.longBitsToDouble(bits);
    }

    /** Moves over bytes, and says where they began. */
    public int take(int length) {
        int at = position;
        position += length;
        return at;
    }

    /** The number of items in the next block of an array or a map, 0 after the last one. */
    public long nextBlock() {
        long count = nextLong();
        if (count < 0) {
            nextLong();
            return -count;
        }
        return count;
    }

    int checkedInt() {
        long value = checkedLong();
        if (value != (int) value) {
            throw malformed("an int is out of range");
        }
        return (int) value;
    }

    long checkedLong() {
        long zigzag = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int b = checkedByte();
            zigzag |= (b & 0x7fL) << shift;
            if (b >= 0) {
                if (shift == 63 && b > 1) {
                    break;
                }
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw malformed("a number has too many bits");
    }

    int checkedByte() {
        if (position >= limit) {
            throw malformed("cut short");
        }
        return bytes[position++];
    }

    /** A length that the rest of the datum has room for. */
    int checkedLength() {
        long length = checkedLong();
        if (length < 0 || length > remaining()) {
            throw malformed("a length is negative, or of more bytes than there are");
        }
        return (int) length;
    }

    void checkedSkip(int length) {
        if (length > remaining()) {
            throw malformed("cut short");
        }
        position += length;
    }

    UndecodableException malformed(String what) {
        return new UndecodableException(Reason.MALFORMED, what + ", at byte " + (position - start) + " of the record");
    }

    UndecodableException unconvertible(String what) {
        return new UndecodableException(
                Reason.CONVERSION_FAILED, what + ", before byte " + (position - start) + " of the record");
    }
}
