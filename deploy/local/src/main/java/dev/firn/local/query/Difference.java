package dev.firn.local.query;

/** An expectation that a table does not meet. */
public record Difference(Expectation expectation, String found) {
    /** One line for people. */
    public String text() {
        return expectation.table() + ": " + expectation.what() + ": expected " + expectation.expected() + ", found "
                + found;
    }
}
