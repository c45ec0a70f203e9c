package dev.firn.sink.write;

import dev.firn.sink.table.Logical;

/** Reads an int or a long at a place that the check has marked, in the column's unit. Immutable. */
record MarkedNumber(int slot, Logical logical) {
    private static final long THOUSAND = 1000;

    long read(Row row) {
        int back = row.input.position();
        row.input.position(row.trail.marked(slot));
        long raw = row.input.nextLong();
        row.input.position(back);
        return switch (logical) {
            case TIME_MILLIS, TIMESTAMP_MILLIS, LOCAL_TIMESTAMP_MILLIS -> raw * THOUSAND;
            case TIMESTAMP_NANOS, LOCAL_TIMESTAMP_NANOS -> Math.floorDiv(raw, THOUSAND);
            default -> raw;
        };
    }
}
