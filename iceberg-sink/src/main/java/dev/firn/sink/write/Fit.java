package dev.firn.sink.write;

import dev.firn.quarantine.Reason;

/** How a writer schema and a table go together. */
sealed interface Fit {
    record Fits(RowPlan plan) implements Fit {}

    /** Once the table has evolved. */
    record Later() implements Fit {}

    /** Never, until somebody decides. */
    record Refused(Reason reason, String detail) implements Fit {}
}
