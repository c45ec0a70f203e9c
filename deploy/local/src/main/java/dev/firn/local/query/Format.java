package dev.firn.local.query;

import java.io.PrintWriter;

/** How an answer is written. */
public enum Format {
    TABLE,
    CSV,
    JSON;

    private static final int WIDEST_VALUE = 60;

    /** Long values are cut where they would spoil a table. */
    Rows to(PrintWriter out) {
        return to(out, WIDEST_VALUE);
    }

    /** No value is cut. */
    Rows whole(PrintWriter out) {
        return to(out, Integer.MAX_VALUE);
    }

    private Rows to(PrintWriter out, int widestValue) {
        return switch (this) {
            case TABLE -> new AlignedRows(out, widestValue);
            case CSV -> new CsvRows(out);
            case JSON -> new JsonRows(out);
        };
    }
}
