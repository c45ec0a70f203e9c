package dev.firn.sink.write;

/** The 32-bit hash that Iceberg's buckets are defined by (table spec, appendix B), seed 0, of bytes where they stand. */
final class Murmur3 {
    private static final int C1 = 0xcc9e2d51;
    private static final int C2 = 0x1b873593;

    private Murmur3() {}

    static int hash(byte[] bytes, int from, int length) {
        int hash = 0;
        int whole = from + (length & ~3);
        for (int i = from; i < whole; i += 4) {
            hash = Integer.rotateLeft(hash ^ scramble(word(bytes, i, 4)), 13) * 5 + 0xe6546b64;
        }
        hash ^= scramble(word(bytes, whole, length & 3));
        return finish(hash ^ length);
    }

    /** Of the eight bytes of the value, little-endian. */
    static int hash(long value) {
        int hash = Integer.rotateLeft(scramble((int) value), 13) * 5 + 0xe6546b64;
        hash = Integer.rotateLeft(hash ^ scramble((int) (value >>> 32)), 13) * 5 + 0xe6546b64;
        return finish(hash ^ Long.BYTES);
    }

    private static int word(byte[] bytes, int from, int length) {
        int word = 0;
        for (int i = 0; i < length; i++) {
            word |= (bytes[from + i] & 0xff) << (Byte.SIZE * i);
        }
        return word;
    }

    private static int scramble(int word) {
        return Integer.rotateLeft(word * C1, 15) * C2;
    }

    private static int finish(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
        return mixed ^ (mixed >>> 16);
    }
}
