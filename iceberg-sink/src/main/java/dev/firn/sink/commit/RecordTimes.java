package dev.firn.sink.commit;

/**
 * How many records there are of each age. A record costs an increment. Ages are kept to {@value #STEP_MILLIS} ms up to
 * {@value #STEPS} steps before the reference time; an older record counts as that old, a younger one as new.
 */
public final class RecordTimes {
    private static final int STEP_MILLIS = 50;
    private static final int STEPS = 12_000;
    /** Of these windows may stay open after the reference time. */
    private static final int AFTER = 1_200;

    private final long begin;
    private final int[] counts = new int[STEPS + AFTER];

    /**
     * Times around a reference.
     *
     * @param reference epoch milliseconds, about when the first record is added
     */
    public RecordTimes(long reference) {
        this.begin = reference - (long) STEPS * STEP_MILLIS;
    }

    public void add(long epochMillis) {
        long step = (epochMillis - begin) / STEP_MILLIS;
        counts[(int) Math.max(0, Math.min(counts.length - 1, step))]++;
    }

    public void forEach(Visitor visitor) {
        for (int step = 0; step < counts.length; step++) {
            if (counts[step] > 0) {
                visitor.visit(begin + (long) step * STEP_MILLIS, counts[step]);
            }
        }
    }

    /** Takes a time and how many records have it. */
    @FunctionalInterface
    public interface Visitor {
        void visit(long epochMillis, int records);
    }
}
