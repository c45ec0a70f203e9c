package dev.firn.processor.dedup;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.Arrays;

/**
 * What is usual in a series of numbers: its middle, and how far values are from it. It begins with the median of the first
 * values and their median distance, and then follows the series: each value draws it, the older ones fade, and one that is
 * far off draws no more than one that is a few distances off. So single outliers leave it where it is, and a level that has
 * changed for good becomes usual in some dozens of values.
 */
final class Norm {
    /** So many values make a beginning; before that nothing is unusual. */
    static final int FIRST = 16;
    /** So many of these may be far off. */
    private static final int FARTHEST = 2;

    /** Share of each value. */
    private static final double SHARE = 1.0 / 32;
    /** A value draws the middle as if it were at most so many distances off. */
    private static final double PULL = 3;
    /** The mean absolute distance of normally distributed values, in standard deviations. */
    private static final double MEAN_DISTANCE = Math.sqrt(2 / Math.PI);
    /** The median absolute distance of the same. */
    private static final double MEDIAN_DISTANCE = 0.6745;
    /** Values that hardly differ are told apart no finer than by this share of their middle, or of 1 where that is 0. */
    private static final double FINEST = 1e-3;

    /** Nothing is known yet. */
    static final Norm NEW = new Norm(new double[0], 0, 0);

    private final double[] first;
    private final double middle;
    private final double deviation;

    /** @param first the values so far, until there are enough of them; then none */
    private Norm(double[] first, double middle, double deviation) {
        this.first = first;
        this.middle = middle;
        this.deviation = deviation;
    }

    /** What {@link #pack} put, to the end. */
    static Norm unpack(Unpacker in) {
        double middle = take(in);
        double deviation = take(in);
        double[] first = new double[FIRST];
        int count = 0;
        while (in.hasMore()) {
            first[count++] = take(in);
        }
        return new Norm(Arrays.copyOf(first, count), middle, deviation);
    }

    private static double take(Unpacker in) {
        return Double.longBitsToDouble(in.takeSortable());
    }

    void pack(Packer out) {
        out.putSortable(Double.doubleToLongBits(middle)).putSortable(Double.doubleToLongBits(deviation));
        for (double value : first) {
            out.putSortable(Double.doubleToLongBits(value));
        }
    }

    /** How far the value is from the middle, in (estimated) standard deviations; 0 while nothing is usual yet. */
    double distance(double value) {
        return isBegun() ? Math.abs(value - middle) / deviation : 0;
    }

    private boolean isBegun() {
        return first.length == 0 && deviation > 0;
    }

    /** What is usual with one more value. */
    Norm and(double value) {
        if (!Double.isFinite(value)) {
            return this;
        }
        if (!isBegun()) {
            double[] more = Arrays.copyOf(first, first.length + 1);
            more[first.length] = value;
            return more.length < FIRST ? new Norm(more, 0, 0) : begin(more);
        }
        double off = value - middle;
        double pulled = Math.max(-PULL * deviation, Math.min(PULL * deviation, off));
        double now = middle + SHARE * pulled;
        return settled(now, deviation + SHARE * (Math.abs(pulled) / MEAN_DISTANCE - deviation));
    }

    /** Where most values are the same, their median distance is 0, and the mean one of all but the farthest tells more. */
    private static Norm begin(double[] values) {
        double middle = median(values);
        double[] distances = Arrays.stream(values)
                .map(value -> Math.abs(value - middle))
                .sorted()
                .toArray();
        double mean = Arrays.stream(distances, 0, distances.length - FARTHEST)
                .average()
                .orElse(0);
        return settled(middle, Math.max(median(distances) / MEDIAN_DISTANCE, mean / MEAN_DISTANCE));
    }

    private static Norm settled(double middle, double deviation) {
        double finest = FINEST * (middle == 0 ? 1 : Math.abs(middle));
        return new Norm(new double[0], middle, Math.max(deviation, Math.max(finest, Double.MIN_NORMAL)));
    }

    /** Of {@link #FIRST} values. */
    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[FIRST / 2 - 1] + sorted[FIRST / 2]) / 2;
    }
}
