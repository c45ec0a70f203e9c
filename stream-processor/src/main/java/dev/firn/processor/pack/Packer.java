package dev.firn.processor.pack;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes values one after the other into one array, for {@link Unpacker}. Reused; not for several threads. */
public final class Packer {
    private byte[] bytes = new byte[256];
    private int size;

    /** Forgets what was written. */
    public Packer reset() {
        size = 0;
        return this;
    }

    public int size() {
        return size;
    }

    public Packer putByte(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** Eight bytes that sort, unsigned, as the signed values do. */
    public Packer putSortable(long value) {
        room(Long.BYTES);
        long shifted = value ^ Long.MIN_VALUE;
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (shifted >>> shift);
        }
        return this;
    }

    /** Few bytes where the value is near 0. */
    public Packer putLong(long value) {
        room(10);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /** The bytes and their number; null is told from empty. */
    public Packer putBytes(byte @Nullable [] value) {
        if (value == null) {
            return putLong(-1);
        }
        return putBytes(value, value.length);
    }

    /** The first bytes of the array, and their number. */
    public Packer putBytes(byte[] value, int length) {
        putLong(length);
        return putRaw(value, length);
    }

    /** The bytes alone: what reads them knows where they end. */
    public Packer putRaw(byte[] value, int length) {
        room(length);
        System.arraycopy(value, 0, bytes, size, length);
        size += length;
        return this;
    }

    /** Text of ASCII characters alone, without its length. */
    public Packer putAscii(String text) {
        int length = text.length();
        room(length);
        for (int i = 0; i < length; i++) {
            bytes[size + i] = (byte) text.charAt(i);
        }
        size += length;
        return this;
    }

    /** What the buffer has left; leaves its position alone. */
    public Packer putRaw(ByteBuffer value) {
        int length = value.remaining();
        room(length);
        value.get(value.position(), bytes, size, length);
        size += length;
        return this;
    }

    /** Four bytes, the least significant first. */
    Packer putFloat(float value) {
        putLittleEndian(Float.floatToRawIntBits(value), Float.BYTES);
        return this;
    }

    /** Eight bytes, the least significant first. */
    Packer putDouble(double value) {
        putLittleEndian(Double.doubleToRawLongBits(value), Double.BYTES);
        return this;
    }

    private void putLittleEndian(long bits, int length) {
        room(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) (bits >>> (i * Byte.SIZE));
        }
    }

    /** A copy of what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** Holds what was written, and room. */
    byte[] array() {
        return bytes;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
