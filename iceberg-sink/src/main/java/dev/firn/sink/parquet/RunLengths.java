package dev.firn.sink.parquet;

/** Parquet's hybrid of run lengths and packed bits, for levels and for indices into dictionaries. */
final class RunLengths {
    private static final int GROUP = 8;
    /** So that a header of one byte will do. */
    private static final int MAX_GROUPS = 63;

    private RunLengths() {}

    /** Bits of the highest value. */
    static int width(int highest) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(highest);
    }

    static void encode(int[] values, int count, int width, Bytes out) {
        int at = 0;
        while (at < count) {
            int run = run(values, at, count);
            if (run >= GROUP) {
                encodeRun(values[at], run, width, out);
                at += run;
            } else {
                at = encodePacked(values, at, count, width, out);
            }
        }
    }

    private static int run(int[] values, int from, int end) {
        int value = values[from];
        int at = from + 1;
        while (at < end && values[at] == value) {
            at++;
        }
        return at - from;
    }

    /** The same value, so many times. */
    static void encodeRun(int value, int times, int width, Bytes out) {
        out.putVarint(times << 1);
        for (int shift = 0; shift < width; shift += Byte.SIZE) {
            out.putByte(value >>> shift);
        }
    }

    /** Groups of values up to the next run. The last group is filled up with zeros.
     *
     * @return where the next run begins
     */
    private static int encodePacked(int[] values, int from, int count, int width, Bytes out) {
        int header = out.size();
        out.putByte(0);
        int groups = 0;
        int at = from;
        do {
            pack(values, at, Math.min(at + GROUP, count), width, out);
            at += GROUP;
            groups++;
        } while (at < count && groups < MAX_GROUPS && run(values, at, count) < GROUP);
        out.array()[header] = (byte) ((groups << 1) | 1);
        return at;
    }

    private static void pack(int[] values, int from, int end, int width, Bytes out) {
        long bits = 0;
        int filled = 0;
        for (int i = from; i < end; i++) {
            bits |= (long) values[i] << filled;
            filled += width;
            if (filled >= Integer.SIZE) {
                out.putInt((int) bits);
                bits >>>= Integer.SIZE;
                filled -= Integer.SIZE;
            }
        }
        int rest = width - (end - from) * width / Integer.SIZE * Integer.BYTES;
        for (int i = 0; i < rest; i++) {
            out.putByte((int) (bits >>> (i * Byte.SIZE)));
        }
    }
}
