package dev.firn.sink.table;

import static dev.firn.sink.table.SourceColumn.OFFSET;
import static dev.firn.sink.table.SourceColumn.PARTITION;
import static dev.firn.sink.table.SourceColumn.TOPIC;

import java.util.List;

/** How much of a record's origin a table's rows carry. */
public enum TableKind {
    /** Records as they came: all that Kafka knows of them. */
    BRONZE,
    /** Where the record stood. */
    PLAIN;

    /** After the record's own fields, in this order. */
    public List<SourceColumn> columns() {
        return this == BRONZE ? List.of(SourceColumn.values()) : List.of(TOPIC, PARTITION, OFFSET);
    }
}
