package dev.firn.sink.write;

import dev.firn.sink.table.ColumnNames;
import dev.firn.sink.table.Unions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Makes the steps that bring records of one schema into a table's columns. The table takes the schema: where the two
 * don't go together, that is an error of the caller's.
 */
final class StepCompiler {
    private final ParquetColumns columns;

    StepCompiler(ParquetColumns columns) {
        this.columns = columns;
    }

    /** Of a whole record.
     *
     * @param written columns that others see to
     */
    Step compile(Schema record, Types.StructType table, Set<String> written) {
        return struct(record, ColumnNames.of(record), table, written, new Place(0, 0));
    }

    /** How deep in optional and repeated groups something stands. */
    private record Place(int definition, int level) {
        Place into(Types.NestedField field) {
            return field.isOptional() ? new Place(definition + 1, level) : this;
        }

        Place repeated() {
            return new Place(definition + 1, level + 1);
        }
    }

    private Step struct(
            Schema record, Map<String, String> names, Types.StructType struct, Set<String> written, Place place) {
        List<Step> steps = new ArrayList<>();
        Set<String> present = new HashSet<>(written);
        for (Schema.Field field : record.getFields()) {
            String name = names.getOrDefault(field.name(), field.name());
            if (Unions.value(field.schema()).getType() == Schema.Type.NULL) {
                // has no column for its own sake; one by another schema holds null
                steps.add(nothing(field.schema()));
            } else {
                steps.add(field(field.schema(), struct.field(name), place));
                present.add(name);
            }
        }
        List<Types.NestedField> missing = struct.fields().stream()
                .filter(field -> !present.contains(field.name()))
                .toList();
        missing.stream()
                .filter(field -> field.writeDefault() != null)
                .forEach(field -> steps.add(Constants.step(field, columns.of(field.fieldId()), columns)));
        int[] absent = missing.stream()
                .filter(field -> field.writeDefault() == null)
                .flatMapToInt(field -> IntStream.of(below(field)))
                .toArray();
        return new Nested.Struct(steps, absent, place.definition());
    }

    private static Step nothing(Schema schema) {
        return schema.getType() == Schema.Type.UNION
                ? (in, out, repetition) -> in.nextInt()
                : (in, out, repetition) -> {};
    }

    private int[] below(Types.NestedField field) {
        return columns.below(field.fieldId(), field.type());
    }

    private Step field(Schema schema, Types.NestedField field, Place place) {
        Step none = new Nested.Null(below(field), place.definition());
        if (schema.getType() == Schema.Type.NULL) {
            return none;
        }
        if (schema.getType() != Schema.Type.UNION) {
            return value(schema, field, place.into(field));
        }
        boolean several = Unions.branches(schema).size() > 1;
        List<Step> branches = new ArrayList<>();
        for (Schema branch : schema.getTypes()) {
            branches.add(
                    branch.getType() == Schema.Type.NULL || several ? none : value(branch, field, place.into(field)));
        }
        if (several) {
            for (Unions.Branch branch : Unions.branches(schema)) {
                branches.set(branch.index(), branch(branch, field.type().asStructType(), place.into(field)));
            }
        }
        return new Nested.Choice(branches);
    }

    private Step branch(Unions.Branch branch, Types.StructType struct, Place place) {
        Types.NestedField column = struct.field(branch.column());
        int[] others = struct.fields().stream()
                .filter(field -> field.fieldId() != column.fieldId())
                .flatMapToInt(field -> IntStream.of(below(field)))
                .toArray();
        Step value = value(branch.schema(), column, place.into(column));
        return new Nested.Struct(List.of(value), others, place.definition());
    }

    private Step value(Schema schema, Types.NestedField field, Place place) {
        Type type = field.type();
        return switch (schema.getType()) {
            case RECORD ->
                type.isStructType()
                        ? struct(schema, Map.of(), type.asStructType(), Set.of(), place)
                        : leaf(schema, field, place);
            case ARRAY -> {
                Types.NestedField element = type.asListType().fields().get(0);
                yield repeated(null, field(schema.getElementType(), element, place.repeated()), field, place);
            }
            case MAP -> {
                Types.MapType map = type.asMapType();
                Place item = place.repeated();
                Step key = leaf(Schema.create(Schema.Type.STRING), map.fields().get(0), item);
                yield repeated(key, field(schema.getValueType(), map.fields().get(1), item), field, place);
            }
            default -> leaf(schema, field, place);
        };
    }

    private Step repeated(@Nullable Step key, Step value, Types.NestedField field, Place place) {
        return new Nested.Repeated(key, value, below(field), place.definition(), place.level() + 1);
    }

    private Step leaf(Schema schema, Types.NestedField field, Place place) {
        int column = columns.of(field.fieldId());
        if (columns.definition(column) != place.definition()
                || columns.descriptor(column).getMaxRepetitionLevel() != place.level()) {
            throw new IllegalStateException("column " + columns.descriptor(column) + " is not at " + place);
        }
        return LeafCompiler.compile(schema, field.type(), column, place.definition());
    }
}
