package dev.firn.generator.company;

/** Identifiers that look random, never repeat, and follow from a number. */
final class Id {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private Id() {}

    /** The prefix and 16 hexadecimal digits; different numbers never give the same (the mixing is a bijection). */
    static String of(char prefix, long number, long seed) {
        long bits = mixed(mixed(number) ^ seed);
        char[] text = new char[18];
        text[0] = prefix;
        text[1] = '-';
        for (int i = 17; i > 1; i--) {
            text[i] = HEX[(int) bits & 0xF];
            bits >>>= 4;
        }
        return new String(text);
    }

    private static long mixed(long value) {
        long z = value * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 32)) * 0xD6E8FEB86659FD93L;
        return z ^ (z >>> 32);
    }
}
