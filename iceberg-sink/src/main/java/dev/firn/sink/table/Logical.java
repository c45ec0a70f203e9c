package dev.firn.sink.table;

import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** What a value of an Avro type stands for. Logical types unknown here, or not valid where they stand, stand for nothing. */
public enum Logical {
    NONE,
    DECIMAL,
    /** Of more digits than Iceberg's decimals have: a string in the table. */
    LARGE_DECIMAL,
    UUID,
    DATE,
    TIME_MILLIS,
    TIME_MICROS,
    TIMESTAMP_MILLIS,
    TIMESTAMP_MICROS,
    TIMESTAMP_NANOS,
    LOCAL_TIMESTAMP_MILLIS,
    LOCAL_TIMESTAMP_MICROS,
    LOCAL_TIMESTAMP_NANOS;

    private static final int MAX_PRECISION = 38;

    private static final Map<String, Logical> BY_NAME = Map.ofEntries(
            Map.entry("uuid", UUID),
            Map.entry("date", DATE),
            Map.entry("time-millis", TIME_MILLIS),
            Map.entry("time-micros", TIME_MICROS),
            Map.entry("timestamp-millis", TIMESTAMP_MILLIS),
            Map.entry("timestamp-micros", TIMESTAMP_MICROS),
            Map.entry("timestamp-nanos", TIMESTAMP_NANOS),
            Map.entry("local-timestamp-millis", LOCAL_TIMESTAMP_MILLIS),
            Map.entry("local-timestamp-micros", LOCAL_TIMESTAMP_MICROS),
            Map.entry("local-timestamp-nanos", LOCAL_TIMESTAMP_NANOS));

    public static Logical of(Schema schema) {
        LogicalType type = schema.getLogicalType();
        if (type == null) {
            return NONE;
        }
        if (type instanceof LogicalTypes.Decimal decimal) {
            return decimal.getPrecision() > MAX_PRECISION ? LARGE_DECIMAL : DECIMAL;
        }
        return BY_NAME.getOrDefault(type.getName(), NONE);
    }
}
