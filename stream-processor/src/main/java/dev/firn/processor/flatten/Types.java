package dev.firn.processor.flatten;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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

    /** Whether values of the one are values of the other. Of unions, null does not count. */
    static boolean same(Schema one, Schema other) {
        return same(one, other, new HashSet<>());
    }

    /** @param entered names of records around these, which need not be looked at again */
    private static boolean same(Schema one, Schema other, Set<String> entered) {
        if (one.isUnion() || other.isUnion()) {
            return sameList(branches(one), branches(other), entered);
        }
        if (one.getType() != other.getType() || !Objects.equals(one.getLogicalType(), other.getLogicalType())) {
            return false;
        }
        return switch (one.getType()) {
            case ARRAY -> same(one.getElementType(), other.getElementType(), entered);
            case MAP -> same(one.getValueType(), other.getValueType(), entered);
            case RECORD -> sameRecord(one, other, entered);
            case ENUM, FIXED -> one.equals(other);
            default -> true;
        };
    }

    private static boolean sameRecord(Schema one, Schema other, Set<String> entered) {
        if (!one.getFullName().equals(other.getFullName())) {
            return false;
        }
        if (!entered.add(one.getFullName())) {
            return true;
        }
        return names(one).equals(names(other)) && sameNullable(types(one), types(other), entered);
    }

    private static boolean sameNullable(List<Schema> ones, List<Schema> others, Set<String> entered) {
        for (int i = 0; i < ones.size(); i++) {
            if (ones.get(i).isNullable() != others.get(i).isNullable()) {
                return false;
            }
        }
        return sameList(ones, others, entered);
    }

    private static boolean sameList(List<Schema> ones, List<Schema> others, Set<String> entered) {
        if (ones.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < ones.size(); i++) {
            if (!same(ones.get(i), others.get(i), entered)) {
                return false;
            }
        }
        return true;
    }

    private static List<Schema> branches(Schema schema) {
        if (!schema.isUnion()) {
            return List.of(schema);
        }
        return schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
    }

    private static List<String> names(Schema record) {
        return record.getFields().stream().map(Schema.Field::name).toList();
    }

    private static List<Schema> types(Schema record) {
        return record.getFields().stream().map(Schema.Field::schema).toList();
    }
}
