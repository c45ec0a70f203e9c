package dev.firn.sink.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Bytes that grow, in Parquet's byte order. For one thread at a time. */
final class Bytes {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FIRST_SIZE = 64;

    private final Buffers buffers;
    private byte[] array;
    private int size;

    Bytes(Buffers buffers) {
        this.buffers = buffers;
        this.array = buffers.bytes(FIRST_SIZE);
    }

    byte[] array() {
        return array;
    }

    int size() {
        return size;
    }

    void truncate(int to) {
        size = to;
    }

    void putByte(int value) {
        ensure(1);
        array[size++] = (byte) value;
    }

    void putInt(int value) {
        ensure(Integer.BYTES);
        INTS.set(array, size, value);
        size += Integer.BYTES;
    }

    void setInt(int at, int value) {
        INTS.set(array, at, value);
    }

    int getInt(int at) {
        return (int) INTS.get(array, at);
    }

    void putLong(long value) {
        ensure(Long.BYTES);
        LONGS.set(array, size, value);
        size += Long.BYTES;
    }

    long getLong(int at) {
        return (long) LONGS.get(array, at);
    }

    void put(byte[] bytes, int from, int length) {
        ensure(length);
        System.arraycopy(bytes, from, array, size, length);
        size += length;
    }

    /** In as few bytes of seven bits as it takes. */
    void putVarint(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            putByte(rest | 0x80);
            rest >>>= 7;
        }
        putByte(rest);
    }

    private void ensure(int more) {
        if (array.length - size < more) {
            array = buffers.grown(array, size, Math.addExact(size, more));
        }
    }

    void release() {
        buffers.release(array);
    }
}
