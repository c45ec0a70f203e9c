package dev.firn.sink.decode;

import dev.firn.sink.table.Logical;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Makes the check of a schema. For one use. */
final class CheckCompiler {
    private final List<String> marked;
    private final Map<String, CompositeChecks.Again> enclosing = new HashMap<>();

    CheckCompiler(List<String> marked) {
        this.marked = marked;
    }

    Check compile(Schema record) {
        return type(record, "");
    }

    /** Of one field's value. */
    Check compileField(Schema schema) {
        return value(schema, null);
    }

    /** Of a value, and of what it is marked for if its path is known. */
    private Check value(Schema schema, @Nullable String path) {
        if (schema.getType() == Schema.Type.UNION) {
            return union(schema, path);
        }
        Check check = type(schema, path);
        int slot = path == null || schema.getType() == Schema.Type.NULL ? -1 : marked.indexOf(path);
        return slot < 0 ? check : new CompositeChecks.Mark(slot, check);
    }

    private Check union(Schema schema, @Nullable String path) {
        List<Check> branches = new ArrayList<>();
        for (Schema branch : schema.getTypes()) {
            branches.add(value(branch, path));
        }
        return new CompositeChecks.Union(branches);
    }

    private Check type(Schema schema, @Nullable String path) {
        return switch (schema.getType()) {
            case NULL -> new PlainChecks.Sized(0);
            case BOOLEAN -> new PlainChecks.Flag();
            case INT ->
                Logical.of(schema) == Logical.TIME_MILLIS ? LogicalChecks.TIME_MILLIS : new PlainChecks.Whole32();
            case LONG -> longInteger(schema);
            case FLOAT -> new PlainChecks.Sized(Float.BYTES);
            case DOUBLE -> new PlainChecks.Sized(Double.BYTES);
            case BYTES -> decimalOr(schema, new PlainChecks.Bytes());
            case FIXED -> decimalOr(schema, new PlainChecks.Sized(schema.getFixedSize()));
            case STRING -> Logical.of(schema) == Logical.UUID ? new LogicalChecks.UuidText() : new PlainChecks.Text();
            case ENUM -> new PlainChecks.Symbol(schema.getEnumSymbols().size());
            case ARRAY -> new CompositeChecks.Blocks(null, value(schema.getElementType(), null));
            case MAP -> new CompositeChecks.Blocks(new PlainChecks.Text(), value(schema.getValueType(), null));
            case UNION -> union(schema, path);
            case RECORD -> record(schema, path);
        };
    }

    private static Check longInteger(Schema schema) {
        return switch (Logical.of(schema)) {
            case TIME_MICROS -> LogicalChecks.TIME_MICROS;
            case TIMESTAMP_MILLIS, LOCAL_TIMESTAMP_MILLIS -> LogicalChecks.TIMESTAMP_MILLIS;
            default -> new PlainChecks.Whole64();
        };
    }

    private static Check decimalOr(Schema schema, Check otherwise) {
        if (!(schema.getLogicalType() instanceof LogicalTypes.Decimal decimal)) {
            return otherwise;
        }
        int size = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : -1;
        return new LogicalChecks.Decimal(size, decimal.getPrecision());
    }

    private Check record(Schema schema, @Nullable String path) {
        CompositeChecks.Again outer = enclosing.get(schema.getFullName());
        if (outer != null) {
            return outer.use();
        }
        CompositeChecks.Again again = new CompositeChecks.Again();
        enclosing.put(schema.getFullName(), again);
        List<Check> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            fields.add(value(field.schema(), child(path, field.name())));
        }
        enclosing.remove(schema.getFullName());
        Check record = new CompositeChecks.Fields(
                fields, schema.getFields().stream().map(Schema.Field::name).toList());
        if (again.isUsed()) {
            // what is marked is marked in the outermost only
            again.stand(path == null ? record : record(schema, null));
        }
        return record;
    }

    private static @Nullable String child(@Nullable String path, String name) {
        if (path == null) {
            return null;
        }
        return path.isEmpty() ? name : path + "." + name;
    }
}
