package dev.firn.contract;

/** What a new record means to the table. */
public enum Mode {
    /** A row of its own. */
    APPEND,
    /** The newest version of the row with its key. */
    UPSERT
}
