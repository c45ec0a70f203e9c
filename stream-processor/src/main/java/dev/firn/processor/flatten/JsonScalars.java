package dev.firn.processor.flatten;

import dev.firn.processor.pack.Decimals;
import dev.firn.processor.pack.Packer;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Base64;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Writers of the types that hold no others. */
final class JsonScalars {
    private static final long MILLIS = 1_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private JsonScalars() {}

    static Json of(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return (value, out) ->
                    JsonText.word(Decimals.of(value, decimal.getScale()).toPlainString(), out);
        }
        return switch (schema.getType()) {
            case NULL, BOOLEAN -> (value, out) -> JsonText.word(String.valueOf(value), out);
            case INT, LONG -> whole(logical);
            case FLOAT, DOUBLE -> JsonScalars::fraction;
            case BYTES, FIXED -> JsonScalars::binary;
            default -> JsonText::quoted;
        };
    }

    private static Json whole(LogicalType logical) {
        if (logical instanceof LogicalTypes.TimestampMicros) {
            return (value, out) -> IsoTime.timestamp((Long) value, "Z", out);
        }
        if (logical instanceof LogicalTypes.TimestampMillis) {
            return (value, out) -> IsoTime.timestamp((Long) value * MILLIS, "Z", out);
        }
        if (logical instanceof LogicalTypes.LocalTimestampMicros) {
            return (value, out) -> IsoTime.timestamp((Long) value, "", out);
        }
        if (logical instanceof LogicalTypes.LocalTimestampMillis) {
            return (value, out) -> IsoTime.timestamp((Long) value * MILLIS, "", out);
        }
        if (logical instanceof LogicalTypes.Date) {
            return (value, out) -> JsonText.quoted(LocalDate.ofEpochDay((Integer) value), out);
        }
        if (logical instanceof LogicalTypes.TimeMicros) {
            return (value, out) -> JsonText.quoted(LocalTime.ofNanoOfDay((Long) value * NANOS_PER_MICRO), out);
        }
        if (logical instanceof LogicalTypes.TimeMillis) {
            return (value, out) ->
                    JsonText.quoted(LocalTime.ofNanoOfDay((Integer) value * MILLIS * NANOS_PER_MICRO), out);
        }
        return (value, out) -> JsonText.word(value.toString(), out);
    }

    private static void fraction(Object value, Packer out) {
        JsonText.word(Double.isFinite(((Number) value).doubleValue()) ? value.toString() : "null", out);
    }

    private static void binary(Object value, Packer out) {
        byte[] base64 = Base64.getEncoder().encode(Decimals.unscaled(value));
        out.putByte('"');
        out.putRaw(base64, base64.length);
        out.putByte('"');
    }
}
