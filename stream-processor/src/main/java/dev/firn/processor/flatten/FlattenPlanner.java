package dev.firn.processor.flatten;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Finds a place for each leaf of a nested schema in a flat one. */
final class FlattenPlanner {
    private final Schema flat;
    private final Set<String> filled;
    private final List<FlattenPlan.Default> defaults = new ArrayList<>();

    FlattenPlanner(Schema flat, List<String> filledLater) {
        this.flat = flat;
        this.filled = new HashSet<>(filledLater);
    }

    FlattenPlan plan(Schema nested) {
        FlattenPlan.Level root = level(nested, "", false);
        for (Schema.Field field : flat.getFields()) {
            if (!filled.contains(field.name())) {
                fillByDefault(field);
            }
        }
        return new FlattenPlan(flat, root, defaults);
    }

    private FlattenPlan.Level level(Schema record, String prefix, boolean mayBeAbsent) {
        List<int[]> moves = new ArrayList<>();
        List<Integer> nestedAt = new ArrayList<>();
        List<FlattenPlan.Level> nested = new ArrayList<>();
        for (Schema.Field field : record.getFields()) {
            Schema type = Types.notNull(field.schema());
            boolean nullable = mayBeAbsent || field.schema().isNullable();
            Schema.Field target = flat.getField(prefix + field.name());
            if (target != null) {
                moves.add(move(field, type, nullable, target));
            } else if (type.getType() == Schema.Type.RECORD) {
                nestedAt.add(field.pos());
                nested.add(level(type, prefix + field.name() + "_", nullable));
            }
        }
        return new FlattenPlan.Level(
                moves.stream().mapToInt(move -> move[0]).toArray(),
                moves.stream().mapToInt(move -> move[1]).toArray(),
                nestedAt.stream().mapToInt(Integer::intValue).toArray(),
                nested.toArray(FlattenPlan.Level[]::new));
    }

    private int[] move(Schema.Field field, Schema type, boolean nullable, Schema.Field target) {
        if (!Types.same(type, Types.notNull(target.schema()))) {
            throw new SchemaMismatchException(
                    "field " + target.name() + " is of another type than " + describe(target));
        }
        if (nullable && !target.schema().isNullable()) {
            throw new SchemaMismatchException(
                    "field " + target.name() + " can be null, " + describe(target) + " can't");
        }
        filled.add(target.name());
        return new int[] {field.pos(), target.pos()};
    }

    private void fillByDefault(Schema.Field field) {
        if (!field.hasDefaultValue()) {
            throw new SchemaMismatchException("nothing for " + describe(field) + ", which has no default");
        }
        Object value = GenericData.get().getDefaultValue(field);
        if (value != null) {
            defaults.add(new FlattenPlan.Default(field.pos(), value));
        }
    }

    private String describe(Schema.Field field) {
        return flat.getFullName() + "." + field.name();
    }
}
