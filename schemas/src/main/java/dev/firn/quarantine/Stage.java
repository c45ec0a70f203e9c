package dev.firn.quarantine;

import java.util.Locale;

/** The step of the work at which a record was set aside. */
public enum Stage {
    /** Bytes to a record. */
    DECODE,
    /** The record against its contract's rules. */
    CONTRACT,
    /** Joins, windows and measures. */
    PROCESS,
    /** The record into the table's types. */
    CONVERT;

    /** As it stands in {@code ops.quarantine}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
