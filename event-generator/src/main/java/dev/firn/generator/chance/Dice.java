package dev.firn.generator.chance;

import java.util.List;

/**
 * A splittable stream of random numbers (SplitMix64, Steele, Lea and Flood 2014). Its numbers follow from the seed alone,
 * whatever the JDK, which {@link java.util.SplittableRandom} does not promise for ranges. Not safe for several threads.
 */
public final class Dice {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    private long state;

    public Dice(long seed) {
        this.state = seed;
    }

    /** A stream of its own that depends on this stream's position and on the label. */
    public Dice split(String label) {
        return new Dice(mixed(nextLong() ^ (label.hashCode() * GOLDEN_GAMMA)));
    }

    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mixed(state);
    }

    /** Uniform in {@code [0, bound)}. The bias, below bound / 2^32, does not matter here. */
    public int below(int bound) {
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    /** Uniform in {@code [from, to]}. */
    public int between(int from, int to) {
        return from + below(to - from + 1);
    }

    /** Uniform in {@code [from, to)}. */
    public long within(long from, long to) {
        return from + (long) (fraction() * (to - from));
    }

    /** Uniform in {@code [0, 1)}. */
    public double fraction() {
        return (nextLong() >>> 11) * UNIT;
    }

    public boolean chance(double probability) {
        return fraction() < probability;
    }

    public <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** Random bytes. */
    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) nextLong();
        }
        return bytes;
    }

    private static long mixed(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
