package dev.firn.sink.write;

import dev.firn.sink.decode.AvroInput;

/** Steps for numbers, times and truth values. */
final class Numbers {
    private static final long MICROS_PER_MILLI = 1000;
    private static final long NANOS_PER_MICRO = 1000;

    private Numbers() {}

    record Flag(int column, int definition) implements Step {
        @Override
        public void write(AvroInput in, Columns out, int repetition) {
            out.at(column).write(in.nextBoolean(), repetition, definition);
        }
    }

    record Whole32(int column, int definition) implements Step {
        @Override
        public void write(AvroInput in, Columns out, int repetition) {
            out.at(column).write(in.nextInt(), repetition, definition);
        }
    }

    /** Also an int that the table holds as a long. */
    record Whole64(int column, int definition) implements Step {
        @Override
        public void write(AvroInput in, Columns out, int repetition) {
            out.at(column).write(in.nextLong(), repetition, definition);
        }
    }

    record MillisToMicros(int column, int definition) implements Step {
        @Override
        public void write(AvroInput in, Columns out, int repetition) {
            out.at(column).write(in.nextLong() * MICROS_PER_MILLI, repetition, definition);
        }
    }

    record NanosToMicros(int column, int definition) implements Step {
        @Override
        public void write(AvroInput in, Columns out, int repetition) {
            out.at(column).write(Math.floorDiv(in.nextLong(), NANOS_PER_MICRO), repetition, definition);
        }
    }

    record Float32(int column, int definition) implements Step {
        @Override
        public void write(AvroInput in, Columns out, int repetition) {
            out.at(column).write(in.nextFloat(), repetition, definition);
        }
    }

    record Float32To64(int column, int definition) implements Step {
        @Override
        public void write(AvroInput in, Columns out, int repetition) {
            out.at(column).write((double) in.nextFloat(), repetition, definition);
        }
    }

    record Float64(int column, int definition) implements Step {
        @Override
        public void write(AvroInput in, Columns out, int repetition) {
            out.at(column).write(in.nextDouble(), repetition, definition);
        }
    }
}
