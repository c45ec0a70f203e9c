package dev.firn.sink.table;

import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * Avro's types as Iceberg's. Times are micros. A record without columns, and a record within itself,
 * are JSON text. A field of type null has no column.
 */
final class ColumnTypes {
    /** What makes a table of more than this is an accident, or an attack by a small schema that refers to itself a lot. */
    private static final int MAX_FIELDS = 10_000;

    private final Set<String> enclosing = new HashSet<>();
    private final boolean withDefaults;
    private int lastId;

    /** @param withDefaults whether columns have what their fields default to */
    ColumnTypes(boolean withDefaults) {
        this.withDefaults = withDefaults;
    }

    int nextId() {
        if (++lastId > MAX_FIELDS) {
            throw new UndecodableException(
                    Reason.INCOMPATIBLE_SCHEMA, "the schema makes more than " + MAX_FIELDS + " columns");
        }
        return lastId;
    }

    /** The record's fields, under the names given, or their own where none is. */
    List<Types.NestedField> fields(Schema record, Map<String, String> names) {
        enclosing.add(record.getFullName());
        List<Types.NestedField> fields = new ArrayList<>();
        for (Schema.Field field : record.getFields()) {
            if (Unions.value(field.schema()).getType() != Schema.Type.NULL) {
                fields.add(field(names.getOrDefault(field.name(), field.name()), field));
            }
        }
        enclosing.remove(record.getFullName());
        return fields;
    }

    private Types.NestedField field(String name, Schema.Field from) {
        Schema schema = from.schema();
        Types.NestedField.Builder field =
                Unions.isNullable(schema) ? Types.NestedField.optional(name) : Types.NestedField.required(name);
        int id = nextId();
        Type type = type(schema);
        if (withDefaults) {
            Defaults.of(from, type)
                    .ifPresent(value -> field.withInitialDefault(value).withWriteDefault(value));
        }
        return field.withId(id).ofType(type).withDoc(from.doc()).build();
    }

    private Type type(Schema nullable) {
        Schema schema = Unions.value(nullable);
        return switch (schema.getType()) {
            case BOOLEAN -> Types.BooleanType.get();
            case INT -> integer(schema);
            case LONG -> longInteger(schema);
            case FLOAT -> Types.FloatType.get();
            case DOUBLE -> Types.DoubleType.get();
            case BYTES -> decimalOr(schema, Types.BinaryType.get());
            case FIXED -> fixed(schema);
            case STRING -> Logical.of(schema) == Logical.UUID ? Types.UUIDType.get() : Types.StringType.get();
            case ENUM, NULL -> Types.StringType.get();
            case RECORD -> record(schema);
            case ARRAY -> list(schema.getElementType());
            case MAP -> map(schema.getValueType());
            case UNION -> union(schema);
        };
    }

    private static Type integer(Schema schema) {
        return switch (Logical.of(schema)) {
            case DATE -> Types.DateType.get();
            case TIME_MILLIS -> Types.TimeType.get();
            default -> Types.IntegerType.get();
        };
    }

    private static Type longInteger(Schema schema) {
        return switch (Logical.of(schema)) {
            case TIME_MICROS -> Types.TimeType.get();
            case TIMESTAMP_MILLIS, TIMESTAMP_MICROS, TIMESTAMP_NANOS -> Types.TimestampType.withZone();
            case LOCAL_TIMESTAMP_MILLIS, LOCAL_TIMESTAMP_MICROS, LOCAL_TIMESTAMP_NANOS ->
                Types.TimestampType.withoutZone();
            default -> Types.LongType.get();
        };
    }

    private static Type fixed(Schema schema) {
        if (Logical.of(schema) == Logical.UUID) {
            return Types.UUIDType.get();
        }
        return decimalOr(schema, Types.FixedType.ofLength(schema.getFixedSize()));
    }

    private static Type decimalOr(Schema schema, Type otherwise) {
        return switch (Logical.of(schema)) {
            case DECIMAL -> {
                LogicalTypes.Decimal decimal = (LogicalTypes.Decimal) schema.getLogicalType();
                yield Types.DecimalType.of(decimal.getPrecision(), decimal.getScale());
            }
            case LARGE_DECIMAL -> Types.StringType.get();
            default -> otherwise;
        };
    }

    private Type record(Schema schema) {
        if (enclosing.contains(schema.getFullName())) {
            return Types.StringType.get();
        }
        List<Types.NestedField> fields = fields(schema, Map.of());
        return fields.isEmpty() ? Types.StringType.get() : Types.StructType.of(fields);
    }

    private Type list(Schema element) {
        int id = nextId();
        return Unions.isNullable(element)
                ? Types.ListType.ofOptional(id, type(element))
                : Types.ListType.ofRequired(id, type(element));
    }

    private Type map(Schema value) {
        int key = nextId();
        int id = nextId();
        return Unions.isNullable(value)
                ? Types.MapType.ofOptional(key, id, Types.StringType.get(), type(value))
                : Types.MapType.ofRequired(key, id, Types.StringType.get(), type(value));
    }

    private Type union(Schema schema) {
        List<Types.NestedField> fields = new ArrayList<>();
        for (Unions.Branch branch : Unions.branches(schema)) {
            fields.add(Types.NestedField.optional(nextId(), branch.column(), type(branch.schema())));
        }
        return Types.StructType.of(fields);
    }
}
