package dev.firn.local.status;

import java.util.List;

/**
 * How far the sink is.
 *
 * @param lag records that it has not read
 * @param drained whether everything is read, and in a table
 */
public record SinkStatus(String state, long lag, boolean drained, List<TableStatus> tables) {
    public SinkStatus {
        tables = List.copyOf(tables);
    }

    /** In all tables. */
    public long rows() {
        return tables.stream().mapToLong(TableStatus::rows).sum();
    }
}
