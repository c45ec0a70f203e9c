package dev.firn.sink.reconcile;

/** Rows that a table was relieved of on purpose. Which ones is not known any more, only how many. */
final class Removed {
    private long left;

    Removed(long rows) {
        left = rows;
    }

    /** Accounts for so many records that are nowhere, or for none of them if they are more than are left. */
    long account(long missing) {
        long accounted = missing > left ? 0 : missing;
        left -= accounted;
        return accounted;
    }
}
