package dev.firn.sink.write;

import java.util.Arrays;

/** A partition's values as bytes, to find its file by. As a key in a map it must be a copy. */
final class PartitionBytes {
    private byte[] bytes;
    private int length;

    PartitionBytes() {
        this(new byte[64], 0);
    }

    private PartitionBytes(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    void clear() {
        length = 0;
    }

    void addNull() {
        ensure(1)[length++] = 0;
    }

    void add(long value) {
        byte[] into = ensure(1 + Long.BYTES);
        into[length++] = 1;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            into[length++] = (byte) (value >>> shift);
        }
    }

    void add(byte[] value, int from, int size) {
        add(size);
        System.arraycopy(value, from, ensure(size), length, size);
        length += size;
    }

    private byte[] ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
        return bytes;
    }

    PartitionBytes copy() {
        return new PartitionBytes(Arrays.copyOf(bytes, length), length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartitionBytes that && Arrays.equals(bytes, 0, length, that.bytes, 0, that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }
}
