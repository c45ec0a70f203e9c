package dev.firn.processor.aggregate;

/**
 * How long rows of periods are kept. A sale that is older than the newest by more than so many days counts in none. What is
 * kept of a row is kept for longer, until no sale of its period could count: so none begins anew a row that was finished.
 */
record Retention(long days) {
    /** In days: fiscal quarters are shorter, also where a year has 53 weeks or the calendar is changed. */
    private static final int LONGEST_PERIOD = 184;

    /** Whether a sale is too old to count in rows of periods. Dates are days since 1970. */
    boolean isOver(int date, long newest) {
        return date != Sums.NEVER && date + days < newest;
    }

    /** Whether no sale of the period can count any more that had its newest so far on this date. */
    boolean canGo(int date, long newest) {
        return date != Sums.NEVER && date + days + LONGEST_PERIOD < newest;
    }
}
