package dev.firn.generator.chance;

/**
 * Ranks by Zipf's law: rank k of n (from 0) comes with a probability proportional to 1 / (k + 1)^skew. The number of ranks
 * may grow up to the capacity while it is in use; a draw costs the logarithm of it.
 */
public final class Zipf {
    private final double[] cumulated;

    /** @param skew 0 is uniform; 1 is the classic law */
    public Zipf(int capacity, double skew) {
        cumulated = new double[capacity];
        double sum = 0;
        for (int i = 0; i < capacity; i++) {
            // StrictMath: the same bits on every machine
            sum += StrictMath.pow(i + 1.0, -skew);
            cumulated[i] = sum;
        }
    }

    /** A rank in {@code [0, n)}. */
    public int rank(int n, Dice dice) {
        double target = dice.fraction() * cumulated[n - 1];
        int low = 0;
        int high = n - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulated[middle] > target) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
