package dev.firn.contract;

import java.util.Locale;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** What a value is, as far as rules and transforms care. */
enum Kind {
    TEXT,
    WHOLE,
    FRACTION,
    DECIMAL,
    DATE,
    TIME,
    TIMESTAMP,
    BINARY,
    BOOLEAN,
    COMPOSITE;

    static Kind of(Schema nullable) {
        Schema schema = NullableType.strip(nullable);
        LogicalType logical = schema.getLogicalType();
        if (logical instanceof LogicalTypes.Decimal) {
            return DECIMAL;
        }
        return switch (schema.getType()) {
            case STRING, ENUM -> TEXT;
            case INT, LONG -> logical == null ? WHOLE : ofTime(logical.getName());
            case FLOAT, DOUBLE -> FRACTION;
            case BYTES, FIXED -> BINARY;
            case BOOLEAN -> BOOLEAN;
            default -> COMPOSITE;
        };
    }

    private static Kind ofTime(String logical) {
        if (logical.contains("timestamp")) {
            return TIMESTAMP;
        }
        return switch (logical) {
            case "date" -> DATE;
            case "time-millis", "time-micros" -> TIME;
            default -> WHOLE;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
