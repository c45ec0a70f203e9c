package dev.firn.local.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where rows go, as text: {@link #begin}, then {@link #row} for each, then {@link #end}. */
interface Rows {
    void begin(List<Column> columns);

    /** One row; null where the value is. */
    void row(List<@Nullable String> values);

    /** How many rows it takes; it gets no more. */
    default long most() {
        return Long.MAX_VALUE;
    }

    void end();
}
