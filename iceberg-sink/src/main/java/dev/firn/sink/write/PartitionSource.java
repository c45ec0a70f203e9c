package dev.firn.sink.write;

/** A value that a table is partitioned by, read from a checked record. Immutable. */
interface PartitionSource {
    boolean isNull(Row row);

    /** As Iceberg's transforms take it. Not for a null. */
    Object value(Row row);
}
