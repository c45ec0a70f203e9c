package dev.firn.local.query;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** SQL that turns a value of the type that a file was written with into the table's, by field id at every depth. */
final class Conversion {
    private Conversion() {}

    static String of(String value, Type from, Type to) {
        if (same(from, to)) {
            return value;
        }
        return switch (to.typeId()) {
            case STRUCT -> struct(value, from.asStructType(), to.asStructType());
            case LIST -> list(value, from.asListType(), to.asListType());
            case MAP -> map(value, from.asMapType(), to.asMapType());
            default -> "CAST(" + value + " AS " + DuckType.of(to) + ")";
        };
    }

    /** Equal names are not enough: a field may have been dropped, and another made under its name. */
    private static boolean same(Type from, Type to) {
        if (from.isPrimitiveType() || to.isPrimitiveType()) {
            return DuckType.of(from).equals(DuckType.of(to));
        }
        List<NestedField> before = from.asNestedType().fields();
        List<NestedField> after = to.asNestedType().fields();
        return before.size() == after.size()
                && IntStream.range(0, after.size()).allMatch(i -> same(before.get(i), after.get(i)));
    }

    private static boolean same(NestedField from, NestedField to) {
        return from.fieldId() == to.fieldId() && from.name().equals(to.name()) && same(from.type(), to.type());
    }

    private static String struct(String value, Types.StructType from, Types.StructType to) {
        String fields = to.fields().stream()
                .map(field -> Sql.name(field.name()) + " := " + field(value, from.field(field.fieldId()), field))
                .collect(Collectors.joining(", "));
        return "CASE WHEN " + value + " IS NOT NULL THEN struct_pack(" + fields + ") END";
    }

    private static String field(String struct, @Nullable NestedField from, NestedField to) {
        return from == null
                ? "CAST(NULL AS " + DuckType.of(to.type()) + ")"
                : of(struct + "." + Sql.name(from.name()), from.type(), to.type());
    }

    private static String list(String value, Types.ListType from, Types.ListType to) {
        String element = "element_" + to.elementId();
        return "list_transform(" + value + ", lambda " + element + ": "
                + of(element, from.elementType(), to.elementType()) + ")";
    }

    private static String map(String value, Types.MapType from, Types.MapType to) {
        String entry = "entry_" + to.valueId();
        return "map_from_entries(list_transform(map_entries(" + value + "), lambda " + entry + ": struct_pack(k := "
                + of(entry + ".key", from.keyType(), to.keyType()) + ", v := "
                + of(entry + ".value", from.valueType(), to.valueType()) + ")))";
    }
}
