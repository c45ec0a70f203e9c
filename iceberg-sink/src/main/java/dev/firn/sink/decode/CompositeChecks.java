package dev.firn.sink.decode;

import dev.firn.serde.UndecodableException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks of values with parts. */
final class CompositeChecks {
    private CompositeChecks() {}

    static final class Fields implements Check {
        private final Check[] fields;
        private final String[] names;

        Fields(List<Check> fields, List<String> names) {
            this.fields = fields.toArray(Check[]::new);
            this.names = names.toArray(String[]::new);
        }

        @Override
        public void check(AvroInput in, Trail trail) {
            int at = 0;
            try {
                for (; at < fields.length; at++) {
                    fields[at].check(in, trail);
                }
            } catch (UndecodableException e) {
                throw e.in(names[at]);
            }
        }

        @Override
        public int minimumSize() {
            int size = 0;
            for (Check field : fields) {
                size += field.minimumSize();
            }
            return size;
        }
    }

    /** A record within itself. */
    static final class Again implements Check {
        private @Nullable Check record;
        private boolean used;

        Again use() {
            used = true;
            return this;
        }

        boolean isUsed() {
            return used;
        }

        void stand(Check whole) {
            record = whole;
        }

        @Override
        public void check(AvroInput in, Trail trail) {
            trail.descend(in);
            Objects.requireNonNull(record).check(in, trail);
            trail.ascend();
        }

        /** Asked for while the record is still being made up. At least the union or block that lets it end. */
        @Override
        public int minimumSize() {
            return 1;
        }
    }

    /** Notes where the value begins. */
    record Mark(int slot, Check value) implements Check {
        @Override
        public void check(AvroInput in, Trail trail) {
            trail.mark(slot, in.position());
            value.check(in, trail);
        }

        @Override
        public int minimumSize() {
            return value.minimumSize();
        }
    }

    static final class Union implements Check {
        private final Check[] branches;

        Union(List<Check> branches) {
            this.branches = branches.toArray(Check[]::new);
        }

        @Override
        public void check(AvroInput in, Trail trail) {
            int index = in.checkedInt();
            if (index < 0 || index >= branches.length) {
                throw in.malformed("a union has no such branch");
            }
            branches[index].check(in, trail);
        }

        @Override
        public int minimumSize() {
            return 1;
        }
    }

    /** An array, or, with keys, a map. */
    static final class Blocks implements Check {
        private final @Nullable Check key;
        private final Check value;
        private final int itemSize;

        Blocks(@Nullable Check key, Check value) {
            this.key = key;
            this.value = value;
            this.itemSize = (key == null ? 0 : key.minimumSize()) + value.minimumSize();
        }

        @Override
        public void check(AvroInput in, Trail trail) {
            for (long count = in.checkedLong(); count != 0; count = in.checkedLong()) {
                int end = count < 0 ? in.checkedLength() + in.position() : -1;
                items(count < 0 ? -count : count, in, trail);
                if (end >= 0 && end != in.position()) {
                    throw in.malformed("a block is not as long as it says");
                }
            }
        }

        private void items(long count, AvroInput in, Trail trail) {
            if (itemSize == 0) {
                trail.addEmptyElements(count, in);
            }
            if (count < 0 || (itemSize > 0 && count > in.remaining() / itemSize)) {
                throw in.malformed("a block has more items than bytes");
            }
            for (long i = 0; i < count; i++) {
                if (key != null) {
                    key.check(in, trail);
                }
                item(in, trail);
            }
        }

        private void item(AvroInput in, Trail trail) {
            try {
                value.check(in, trail);
            } catch (UndecodableException e) {
                throw e.in(key == null ? "[]" : "{}");
            }
        }

        @Override
        public int minimumSize() {
            return 1;
        }
    }
}
