package dev.firn.processor.flatten;

import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;

/** Avro types compared by what their values are, whatever their documentation and properties. */
final class Types {
    private Types() {}

    /** The other branch of a union of null and one type; any other type as it is. */
    static Schema notNull(Schema schema) {
        if (schema.getType() != Schema.Type.UNION || schema.getTypes().size() != 2 || !schema.isNullable()) {
            return schema;
        }
        List<Schema> branches = schema.getTypes();
        return branches.get(branches.get(0).getType() == Schema.Type.NULL ? 1 : 0);
    }

    static boolean same(Schema one, Schema other) {
        if (one.getType() != other.getType() || !Objects.equals(one.getLogicalType(), other.getLogicalType())) {
            return false;
        }
        return switch (one.getType()) {
            case ARRAY -> same(one.getElementType(), other.getElementType());
            case MAP -> same(one.getValueType(), other.getValueType());
            case RECORD, ENUM, FIXED, UNION -> one.equals(other);
            default -> true;
        };
    }
}
