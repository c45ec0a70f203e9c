package dev.firn.processor.path;

import dev.firn.contract.FieldPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** A field's path as positions in the records of one schema. */
public final class PathWalk {
    private static final int ELEMENTS = -1;
    private static final int VALUES = -2;

    private final int[] steps;

    private PathWalk(int[] steps) {
        this.steps = steps;
    }

    /** The walk, or empty where the schema has nothing at the path. */
    public static Optional<PathWalk> of(FieldPath path, Schema record) {
        if (path.in(record).isEmpty()) {
            return Optional.empty();
        }
        int[] steps = new int[path.steps().size()];
        FieldPath here = FieldPath.ROOT;
        for (int i = 0; i < steps.length; i++) {
            FieldPath.Step step = path.steps().get(i);
            steps[i] = position(step, here.in(record).orElseThrow());
            here = below(here, step);
        }
        return Optional.of(new PathWalk(steps));
    }

    private static int position(FieldPath.Step step, Schema schema) {
        if (step instanceof FieldPath.Field field) {
            return schema.getField(field.name()).pos();
        }
        return step instanceof FieldPath.Elements ? ELEMENTS : VALUES;
    }

    private static FieldPath below(FieldPath path, FieldPath.Step step) {
        if (step instanceof FieldPath.Field field) {
            return path.field(field.name());
        }
        return step instanceof FieldPath.Elements ? path.elements() : path.values();
    }

    /** Whether every value there passes. Nulls, and what lies below them, are not asked. */
    public boolean all(IndexedRecord record, Predicate<Object> test) {
        return all(record, 0, test);
    }

    private boolean all(@Nullable Object value, int depth, Predicate<Object> test) {
        if (value == null) {
            return true;
        }
        if (depth == steps.length) {
            return test.test(value);
        }
        return switch (steps[depth]) {
            case ELEMENTS -> allOf((Collection<?>) value, depth + 1, test);
            case VALUES -> allOf(((Map<?, ?>) value).values(), depth + 1, test);
            default -> all(((IndexedRecord) value).get(steps[depth]), depth + 1, test);
        };
    }

    private boolean allOf(Collection<?> values, int depth, Predicate<Object> test) {
        for (Object value : values) {
            if (!all(value, depth, test)) {
                return false;
            }
        }
        return true;
    }

    /** Every value there that is not null, as something else. */
    public List<Object> collect(IndexedRecord record, UnaryOperator<Object> as) {
        if (isSingle()) {
            Object value = single(record);
            return value == null ? List.of() : List.of(as.apply(value));
        }
        List<Object> values = new ArrayList<>();
        all(record, 0, value -> values.add(as.apply(value)));
        return values;
    }

    private boolean isSingle() {
        for (int step : steps) {
            if (step < 0) {
                return false;
            }
        }
        return true;
    }

    /** The value at a path that leads through records only, or null. */
    public @Nullable Object single(IndexedRecord record) {
        Object value = record;
        for (int i = 0; i < steps.length && value != null; i++) {
            value = ((IndexedRecord) value).get(steps[i]);
        }
        return value;
    }

    /** Puts another value in the place of each value there that is not null. */
    public void replace(IndexedRecord record, UnaryOperator<@Nullable Object> with) {
        replaced(record, 0, with);
    }

    private @Nullable Object replaced(@Nullable Object value, int depth, UnaryOperator<@Nullable Object> with) {
        if (value == null) {
            return null;
        }
        if (depth == steps.length) {
            return with.apply(value);
        }
        descend(value, depth, with);
        return value;
    }

    // Avro's generic data hands out lists and maps of Object
    @SuppressWarnings("unchecked")
    private void descend(Object value, int depth, UnaryOperator<@Nullable Object> with) {
        int step = steps[depth];
        if (step == ELEMENTS) {
            ((List<@Nullable Object>) value).replaceAll(element -> replaced(element, depth + 1, with));
        } else if (step == VALUES) {
            ((Map<Object, @Nullable Object>) value).replaceAll((key, element) -> replaced(element, depth + 1, with));
        } else {
            IndexedRecord record = (IndexedRecord) value;
            record.put(step, replaced(record.get(step), depth + 1, with));
        }
    }
}
