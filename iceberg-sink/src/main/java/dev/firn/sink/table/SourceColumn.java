package dev.firn.sink.table;

import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** A column for where a record came from. */
public enum SourceColumn {
    TOPIC("_topic", false),
    /** Not {@code _partition}: Iceberg reserves that name, and Spark refuses to read a table that has such a column. */
    PARTITION("_kafka_partition", false),
    OFFSET("_offset", false),
    /** The record's own in Kafka: by its producer or by the broker, as the topic is set. */
    TIMESTAMP("_timestamp", false),
    KEY("_key", true),
    /** Of structs of {@link #HEADER_KEY} and {@link #HEADER_VALUE}. Empty rather than null. */
    HEADERS("_headers", false),
    /** In the registry, null where the record named none. */
    SCHEMA_ID("_schema_id", true);

    public static final String HEADER_KEY = "key";
    public static final String HEADER_VALUE = "value";

    private final String column;
    private final boolean optional;

    SourceColumn(String column, boolean optional) {
        this.column = column;
        this.optional = optional;
    }

    /** Its name in tables. */
    public String column() {
        return column;
    }

    public static Optional<SourceColumn> named(String column) {
        return Stream.of(values())
                .filter(source -> source.column.equals(column))
                .findFirst();
    }

    Types.NestedField field(IntSupplier ids, KeyFormat keys) {
        int id = ids.getAsInt();
        Type type = type(ids, keys);
        return optional ? Types.NestedField.optional(id, column, type) : Types.NestedField.required(id, column, type);
    }

    private Type type(IntSupplier ids, KeyFormat keys) {
        return switch (this) {
            case TOPIC -> Types.StringType.get();
            case PARTITION, SCHEMA_ID -> Types.IntegerType.get();
            case OFFSET -> Types.LongType.get();
            case TIMESTAMP -> Types.TimestampType.withZone();
            case KEY -> keys.type();
            case HEADERS -> headers(ids);
        };
    }

    private static Type headers(IntSupplier ids) {
        return Types.ListType.ofRequired(
                ids.getAsInt(),
                Types.StructType.of(
                        Types.NestedField.required(ids.getAsInt(), HEADER_KEY, Types.StringType.get()),
                        Types.NestedField.optional(ids.getAsInt(), HEADER_VALUE, Types.BinaryType.get())));
    }
}
