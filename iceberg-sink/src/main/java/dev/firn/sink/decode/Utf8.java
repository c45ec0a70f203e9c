package dev.firn.sink.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Whether bytes are text. By table 3-7 of the Unicode standard: no surrogates, nothing overlong, nothing past U+10FFFF. */
public final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    public static boolean isValid(byte[] bytes, int from, int length) {
        int end = from + length;
        int at = from;
        while (at <= end - Long.BYTES && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        while (at < end) {
            int size = bytes[at] >= 0 ? 1 : sizeOfSequence(bytes, at, end);
            if (size == 0) {
                return false;
            }
            at += size;
        }
        return true;
    }

    /** Bytes of the sequence of several that begins here, 0 if none does. */
    private static int sizeOfSequence(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xff;
        int size = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
        if (size == 0 || at + size > end) {
            return 0;
        }
        for (int i = 1; i < size; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return secondFits(lead, bytes[at + 1] & 0xff) ? size : 0;
    }

    private static boolean secondFits(int lead, int second) {
        return switch (lead) {
            case 0xe0 -> second >= 0xa0;
            case 0xed -> second < 0xa0;
            case 0xf0 -> second >= 0x90;
            case 0xf4 -> second < 0x90;
            default -> true;
        };
    }
}
