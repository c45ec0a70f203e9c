package dev.firn.sink.parquet;

import java.security.SecureRandom;

/**
 * Spreads bits so that any of the result depend on all of those that came in. Other in each process, so that nobody who makes
 * records can make them collide.
 */
final class Hash {
    private static final long SEED = new SecureRandom().nextLong();
    /** Odd, and with as many bits set as not. */
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private Hash() {}

    static long begin(long bits) {
        return mix(bits ^ SEED);
    }

    /** Both halves of a product of 128 bits, as in wyhash. */
    static long mix(long bits) {
        return (bits * FACTOR) ^ Math.multiplyHigh(bits, FACTOR);
    }
}
