package dev.firn.sink.table;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/** A table's columns, what they were called before, and the partitioning of new files. Immutable.
 *
 * @param hasDefaults whether its format knows values for columns that a file, or a record, has not
 * @param formerNames by the id of a column that still is there: names that it had and has no more
 */
public record TableShape(
        Schema schema, PartitionSpec spec, boolean hasDefaults, Map<Integer, Set<String>> formerNames) {
    public TableShape {
        formerNames = Map.copyOf(formerNames);
    }

    /** The table's, as it was loaded or last refreshed. */
    public static TableShape of(Table table) {
        return new TableShape(
                table.schema(),
                table.spec(),
                TableUtil.formatVersion(table) >= Defaults.FIRST_VERSION,
                formerNames(table.schema(), table.schemas().values()));
    }

    private static Map<Integer, Set<String>> formerNames(Schema schema, Iterable<Schema> earlier) {
        Map<Integer, Types.NestedField> now = TypeUtil.indexById(schema.asStruct());
        Map<Integer, Set<String>> former = new HashMap<>();
        for (Schema before : earlier) {
            TypeUtil.indexById(before.asStruct()).forEach((id, column) -> {
                Types.NestedField same = now.get(id);
                if (same != null && !same.name().equals(column.name())) {
                    former.computeIfAbsent(id, key -> new HashSet<>()).add(column.name());
                }
            });
        }
        return former;
    }

    boolean wasCalled(Types.NestedField column, String name) {
        return formerNames.getOrDefault(column.fieldId(), Set.of()).contains(name);
    }
}
