package dev.firn.sink.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.iceberg.types.Types;

/**
 * Which columns of a struct the fields of a record are: those of the same name; else those that were called so once; else
 * those that are, or were, called like an alias of the field. No column is two fields.
 */
final class FieldMatch {
    /** A record's field can be called like this. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

    private final Map<String, String> names;
    private final Map<String, Types.NestedField> found = new HashMap<>();
    private final List<Schema.Field> fields = new ArrayList<>();
    private final List<Types.NestedField> columns;

    private FieldMatch(Schema record, Map<String, String> names, Types.StructType struct) {
        this.names = names;
        for (Schema.Field field : record.getFields()) {
            Types.NestedField column = struct.field(name(field));
            if (column != null) {
                found.put(field.name(), column);
            } else if (Unions.value(field.schema()).getType() != Schema.Type.NULL) {
                fields.add(field);
            }
        }
        columns = new ArrayList<>(struct.fields());
        columns.removeAll(found.values());
        columns.removeIf(column -> !NAME.matcher(column.name()).matches());
    }

    /** Columns by the names of the fields that have one.
     *
     * @param names that the fields have as columns, if others than their own
     */
    static Map<String, Types.NestedField> of(
            Schema record, Map<String, String> names, Types.StructType struct, TableShape table) {
        FieldMatch match = new FieldMatch(record, names, struct);
        match.find((field, column) -> table.wasCalled(column, match.name(field)));
        match.find((field, column) -> field.aliases().contains(column.name()));
        match.find((field, column) -> field.aliases().stream().anyMatch(alias -> table.wasCalled(column, alias)));
        return match.found;
    }

    private String name(Schema.Field field) {
        return names.getOrDefault(field.name(), field.name());
    }

    private void find(BiPredicate<Schema.Field, Types.NestedField> same) {
        fields.removeIf(field -> columns.stream()
                .filter(column -> same.test(field, column))
                .findFirst()
                .map(column -> found.put(field.name(), column) == null && columns.remove(column))
                .orElse(false));
    }
}
