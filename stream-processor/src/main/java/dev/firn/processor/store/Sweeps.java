package dev.firn.processor.store;

/** When to look through all that is kept for what can go: once in so many days of event time, and after each start. */
public final class Sweeps {
    private static final int DAYS = 30;

    private long last = Long.MIN_VALUE;

    /**
     * Whether it is time for one, which is then taken for done.
     *
     * @param today in days since 1970
     */
    public boolean isDue(long today) {
        long now = Math.floorDiv(today, DAYS);
        if (now <= last) {
            return false;
        }
        last = now;
        return true;
    }
}
