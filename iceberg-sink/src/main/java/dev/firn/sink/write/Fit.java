package dev.firn.sink.write;

import dev.firn.serde.UndecodableException;

/** How a writer schema and a table go together. */
sealed interface Fit {
    record Fits(RowPlan plan) implements Fit {}

    /** Once the table has evolved. */
    record Later() implements Fit {}

    /** Never, until somebody decides. */
    record Refused(UndecodableException why) implements Fit {
        /** With a stack of its own. */
        UndecodableException thrown() {
            UndecodableException thrown = new UndecodableException(why.reason(), why.detail(), why);
            String field = why.field();
            return field == null ? thrown : thrown.in(field);
        }
    }
}
