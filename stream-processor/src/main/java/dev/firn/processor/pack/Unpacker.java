package dev.firn.processor.pack;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Packer} wrote, in the same order. */
public final class Unpacker {
    private final byte[] bytes;
    private final int end;
    private int at;

    public Unpacker(byte[] bytes) {
        this(bytes, 0);
    }

    public Unpacker(byte[] bytes, int from) {
        this(bytes, from, bytes.length);
    }

    /** Of what has been written so far; to be read before more is. */
    public Unpacker(Packer written) {
        this(written.array(), 0, written.size());
    }

    private Unpacker(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    public boolean hasMore() {
        return at < end;
    }

    public int takeByte() {
        return bytes[at++];
    }

    public long takeSortable() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << 8) | (bytes[at++] & 0xff);
        }
        return value ^ Long.MIN_VALUE;
    }

    public long takeLong() {
        long rest = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes[at++];
            rest |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return (rest >>> 1) ^ -(rest & 1);
    }

    public byte @Nullable [] takeNullableBytes() {
        int length = (int) takeLong();
        return length < 0 ? null : takeRaw(length);
    }

    /** Bytes that were not null. */
    public byte[] takeBytes() {
        return takeRaw((int) takeLong());
    }

    /** All that is left. */
    public byte[] takeRest() {
        return takeRaw(end - at);
    }

    public byte[] takeRaw(int length) {
        byte[] taken = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return taken;
    }
}
