package dev.firn.processor.flatten;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * How nested records of one schema become flat rows of another: the value at {@code a.b.c} goes to the field
 * {@code a_b_c}. Arrays and maps stay whole. Values are not copied. Safe for several threads.
 */
public final class FlattenPlan {
    /** Moves the fields of one nested record, then those of the records in it. */
    static final class Level {
        private final int[] from;
        private final int[] to;
        private final int[] nestedAt;
        private final Level[] nested;

        Level(int[] from, int[] to, int[] nestedAt, Level[] nested) {
            this.from = from;
            this.to = to;
            this.nestedAt = nestedAt;
            this.nested = nested;
        }
    }

    /** A value for a field that nothing fills. */
    record Default(int to, Object value) {}

    private final Schema flat;
    private final Level root;
    private final List<Default> defaults;

    FlattenPlan(Schema flat, Level root, List<Default> defaults) {
        this.flat = flat;
        this.root = root;
        this.defaults = defaults;
    }

    /** Plans the way from the one schema to the other.
     *
     * @param filledLater fields of the flat schema that the caller sees to
     * @throws SchemaMismatchException if a field of the flat schema can't be filled
     */
    public static FlattenPlan of(Schema nested, Schema flat, List<String> filledLater) {
        return new FlattenPlanner(flat, filledLater).plan(nested);
    }

    /** A new row. What a null record held is null. */
    public GenericRecord flatten(IndexedRecord record) {
        GenericRecord row = new GenericData.Record(flat);
        for (Default standing : defaults) {
            row.put(standing.to, standing.value);
        }
        move(root, record, row);
        return row;
    }

    private static void move(Level level, @Nullable IndexedRecord record, GenericRecord row) {
        if (record == null) {
            return;
        }
        for (int i = 0; i < level.from.length; i++) {
            row.put(level.to[i], record.get(level.from[i]));
        }
        for (int i = 0; i < level.nested.length; i++) {
            move(level.nested[i], (IndexedRecord) record.get(level.nestedAt[i]), row);
        }
    }
}
