package dev.firn.sink.table;

import dev.firn.contract.Contract;
import dev.firn.contract.PartitionTransform;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * A writer's contract in the names of a table: the same records, byte for byte, with their fields called as the columns
 * that they go to. Names differ where a column was renamed: by a field's alias, or by somebody else.
 *
 * @param renames that a schema asks for by its aliases. A column never gets back a name that it had before, so that
 *     producers that know it by different names do not rename it to and fro
 */
public record Adapted(Contract contract, List<SchemaChange> renames) {
    public Adapted {
        renames = List.copyOf(renames);
    }

    /** The contract for the table as it is, before any of the renames. */
    public static Adapted to(TableShape table, Contract contract) {
        Schema record = contract.schema();
        if (record.getType() != Schema.Type.RECORD) {
            return new Adapted(contract, List.of());
        }
        Renaming renaming = new Renaming(table);
        Schema renamed =
                renaming.record(record, ColumnNames.of(record), table.schema().asStruct(), null);
        return renamed.equals(record)
                ? new Adapted(contract, renaming.changes)
                : new Adapted(contract(contract, renamed), renaming.changes);
    }

    private static Contract contract(Contract contract, Schema renamed) {
        String eventTime = contract.eventTime();
        return new Contract(
                renamed,
                contract.key().stream()
                        .map(path -> path(path, contract.schema(), renamed))
                        .toList(),
                eventTime == null ? null : path(eventTime, contract.schema(), renamed),
                contract.partitionBy().stream()
                        .map(part -> new PartitionTransform(
                                part.transform(), part.param(), path(part.field(), contract.schema(), renamed)))
                        .toList(),
                contract.mode(),
                contract.rules(),
                contract.pii());
    }

    /** The same way through records and nullable unions. */
    private static String path(String path, Schema from, Schema to) {
        List<String> steps = new ArrayList<>();
        Schema before = from;
        Schema after = to;
        for (String step : path.split("\\.", -1)) {
            Schema.Field field = before.getField(step);
            Schema.Field renamed = after.getFields().get(field.pos());
            steps.add(renamed.name());
            before = Unions.value(field.schema());
            after = Unions.value(renamed.schema());
        }
        return String.join(".", steps);
    }

    /** Walks a schema along a table's columns. */
    private static final class Renaming {
        private final TableShape table;
        private final Set<String> enclosing = new HashSet<>();
        private final List<SchemaChange> changes = new ArrayList<>();

        Renaming(TableShape table) {
            this.table = table;
        }

        Schema record(Schema record, Map<String, String> names, Types.StructType struct, @Nullable String path) {
            if (!enclosing.add(record.getFullName())) {
                // within itself it is text
                return record;
            }
            Map<String, Types.NestedField> columns = FieldMatch.of(record, names, struct, table);
            List<Schema.Field> fields = new ArrayList<>();
            boolean same = true;
            for (Schema.Field field : record.getFields()) {
                Schema.Field renamed = field(field, names, columns.get(field.name()), path);
                fields.add(renamed);
                same &= renamed.name().equals(field.name()) && renamed.schema().equals(field.schema());
            }
            enclosing.remove(record.getFullName());
            return same
                    ? record
                    : Schema.createRecord(record.getName(), record.getDoc(), record.getNamespace(), false, fields);
        }

        private Schema.Field field(
                Schema.Field field,
                Map<String, String> names,
                Types.@Nullable NestedField column,
                @Nullable String parent) {
            if (column == null) {
                return new Schema.Field(field.name(), field.schema(), field.doc());
            }
            String name = names.getOrDefault(field.name(), field.name());
            String path = parent == null ? column.name() : parent + "." + column.name();
            Schema schema = value(field.schema(), column.type(), path);
            if (name.equals(column.name())) {
                return new Schema.Field(field.name(), schema, field.doc());
            }
            if (field.aliases().contains(column.name()) && !table.wasCalled(column, name)) {
                changes.add(new SchemaChange.Rename(path, name));
            }
            return new Schema.Field(column.name(), schema, field.doc());
        }

        private Schema value(Schema schema, Type type, String path) {
            return switch (schema.getType()) {
                case RECORD -> type.isStructType() ? record(schema, Map.of(), type.asStructType(), path) : schema;
                case ARRAY -> type.isListType() ? array(schema, type.asListType(), path) : schema;
                case MAP -> type.isMapType() ? map(schema, type.asMapType(), path) : schema;
                case UNION -> union(schema, type, path);
                default -> schema;
            };
        }

        private Schema array(Schema schema, Types.ListType type, String path) {
            Schema element = value(schema.getElementType(), type.elementType(), path + ".element");
            return element.equals(schema.getElementType()) ? schema : Schema.createArray(element);
        }

        private Schema map(Schema schema, Types.MapType type, String path) {
            Schema value = value(schema.getValueType(), type.valueType(), path + ".value");
            return value.equals(schema.getValueType()) ? schema : Schema.createMap(value);
        }

        private Schema union(Schema schema, Type type, String path) {
            List<Unions.Branch> branches = Unions.branches(schema);
            List<Schema> types = new ArrayList<>(schema.getTypes());
            for (Unions.Branch branch : branches) {
                if (branches.size() == 1) {
                    types.set(branch.index(), value(branch.schema(), type, path));
                } else if (type.isStructType() && type.asStructType().field(branch.column()) != null) {
                    Type column = type.asStructType().field(branch.column()).type();
                    types.set(branch.index(), value(branch.schema(), column, path + "." + branch.column()));
                }
            }
            return types.equals(schema.getTypes()) ? schema : Schema.createUnion(types);
        }
    }
}
