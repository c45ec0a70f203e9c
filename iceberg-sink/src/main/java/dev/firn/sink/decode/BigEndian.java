package dev.firn.sink.decode;

/** Numbers as decimals hold them. */
public final class BigEndian {
    private BigEndian() {}

    /** Two's complement, of as many bytes as there are; those that do not fit a long are lost. */
    public static long signed(byte[] bytes, int from, int length) {
        long value = bytes[from];
        for (int i = 1; i < length; i++) {
            value = value << Byte.SIZE | (bytes[from + i] & 0xff);
        }
        return value;
    }
}
