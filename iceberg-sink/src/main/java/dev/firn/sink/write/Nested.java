package dev.firn.sink.write;

import dev.firn.sink.decode.AvroInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Steps for values with parts, and for those that can be missing. */
final class Nested {
    private Nested() {}

    /** A record's fields in their order, and nulls where the record has nothing. */
    static final class Struct implements Step {
        private final Step[] fields;
        private final int[] absent;
        private final int definition;

        Struct(List<Step> fields, int[] absent, int definition) {
            this.fields = fields.toArray(Step[]::new);
            this.absent = absent;
            this.definition = definition;
        }

        @Override
        public void write(AvroInput in, Columns out, int repetition) {
            for (Step field : fields) {
                field.write(in, out, repetition);
            }
            out.nulls(absent, repetition, definition);
        }
    }

    /** A value that is null always. */
    static final class Null implements Step {
        private final int[] columns;
        private final int definition;

        Null(int[] columns, int definition) {
            this.columns = columns;
            this.definition = definition;
        }

        @Override
        public void write(AvroInput in, Columns out, int repetition) {
            out.nulls(columns, repetition, definition);
        }
    }

    /** By a union's index. */
    static final class Choice implements Step {
        private final Step[] branches;

        Choice(List<Step> branches) {
            this.branches = branches.toArray(Step[]::new);
        }

        @Override
        public void write(AvroInput in, Columns out, int repetition) {
            branches[in.nextInt()].write(in, out, repetition);
        }
    }

    /** A list, or, with keys, a map. Parquet's groups for both are alike: one repeated within one that can be empty. */
    static final class Repeated implements Step {
        private final @Nullable Step key;
        private final Step value;
        private final int[] columns;
        private final int emptyDefinition;
        private final int level;

        /** What repeats at a level.
         *
         * @param emptyDefinition that says that it is there, and has no item
         */
        Repeated(@Nullable Step key, Step value, int[] columns, int emptyDefinition, int level) {
            this.key = key;
            this.value = value;
            this.columns = columns;
            this.emptyDefinition = emptyDefinition;
            this.level = level;
        }

        @Override
        public void write(AvroInput in, Columns out, int repetition) {
            int next = repetition;
            for (long count = in.nextBlock(); count > 0; count = in.nextBlock()) {
                for (long i = 0; i < count; i++) {
                    if (key != null) {
                        key.write(in, out, next);
                    }
                    value.write(in, out, next);
                    next = level;
                }
            }
            // no item: as every item is of a deeper level than whatever this is part of
            if (next != level) {
                out.nulls(columns, repetition, emptyDefinition);
            }
        }
    }
}
