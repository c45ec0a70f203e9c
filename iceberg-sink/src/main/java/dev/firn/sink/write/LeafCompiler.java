package dev.firn.sink.write;

import dev.firn.sink.table.Logical;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/** Picks the step from one Avro type to one column. */
final class LeafCompiler {
    private static final int MAX_DIGITS_OF_INT = 9;
    private static final int MAX_DIGITS_OF_LONG = 18;

    private LeafCompiler() {}

    static Step compile(Schema schema, Type type, int column, int definition) {
        return switch (schema.getType()) {
            case BOOLEAN -> new Numbers.Flag(column, definition);
            case INT -> integer(schema, type, column, definition);
            case LONG -> longInteger(schema, column, definition);
            case FLOAT ->
                type.typeId() == TypeID.DOUBLE
                        ? new Numbers.Float32To64(column, definition)
                        : new Numbers.Float32(column, definition);
            case DOUBLE -> new Numbers.Float64(column, definition);
            case BYTES -> decimalOr(schema, type, column, definition, new Texts.Slice(column, definition));
            case FIXED ->
                decimalOr(
                        schema,
                        type,
                        column,
                        definition,
                        new Texts.FixedSlice(column, definition, schema.getFixedSize()));
            case STRING ->
                type.typeId() == TypeID.UUID ? new Texts.Uuid(column, definition) : new Texts.Slice(column, definition);
            case ENUM -> new Texts.Symbol(column, definition, schema.getEnumSymbols());
            case RECORD -> new Texts.Json(column, definition, schema);
            case ARRAY, MAP, UNION, NULL -> throw new IllegalStateException(schema + " is no leaf");
        };
    }

    private static Step integer(Schema schema, Type type, int column, int definition) {
        if (Logical.of(schema) == Logical.TIME_MILLIS) {
            return new Numbers.MillisToMicros(column, definition);
        }
        return type.typeId() == TypeID.LONG
                ? new Numbers.Whole64(column, definition)
                : new Numbers.Whole32(column, definition);
    }

    private static Step longInteger(Schema schema, int column, int definition) {
        return switch (Logical.of(schema)) {
            case TIMESTAMP_MILLIS, LOCAL_TIMESTAMP_MILLIS -> new Numbers.MillisToMicros(column, definition);
            case TIMESTAMP_NANOS, LOCAL_TIMESTAMP_NANOS -> new Numbers.NanosToMicros(column, definition);
            default -> new Numbers.Whole64(column, definition);
        };
    }

    private static Step decimalOr(Schema schema, Type type, int column, int definition, Step otherwise) {
        if (!(schema.getLogicalType() instanceof LogicalTypes.Decimal decimal)) {
            return otherwise;
        }
        Decimals.Length length =
                new Decimals.Length(schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : -1);
        if (type.typeId() == TypeID.STRING) {
            return new Decimals.AsText(column, definition, length, decimal.getScale());
        }
        int precision = ((Types.DecimalType) type).precision();
        if (precision <= MAX_DIGITS_OF_INT) {
            return new Decimals.As32(column, definition, length);
        }
        return precision <= MAX_DIGITS_OF_LONG
                ? new Decimals.As64(column, definition, length)
                : new Decimals.AsFixed(column, definition, length, TypeUtil.decimalRequiredBytes(precision));
    }
}
