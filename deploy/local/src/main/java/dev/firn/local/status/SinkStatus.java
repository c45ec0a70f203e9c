package dev.firn.local.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the sink is.
 *
 * @param lag records that it has not read
 * @param drained whether everything is read, and in a table
 */
public record SinkStatus(
        String state, long lag, boolean drained, @Nullable List<TableStatus> tables) {
    public SinkStatus {
        // an empty list is left out of the answer
        tables = tables == null ? List.of() : List.copyOf(tables);
    }

    /** Those that it has made, or found. */
    @Override
    public List<TableStatus> tables() {
        return tables == null ? List.of() : tables;
    }

    /** In all tables. */
    public long rows() {
        return tables().stream().mapToLong(TableStatus::rows).sum();
    }
}
