package dev.firn.sink.write;

import dev.firn.sink.decode.AvroInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;

/** Steps for what Parquet holds as bytes. */
final class Texts {
    private Texts() {}

    /** Strings and bytes, as they stand in the record. */
    record Slice(int column, int definition) implements Step {
        @Override
        public void write(AvroInput in, Columns out, int repetition) {
            int length = in.nextInt();
            out.at(column).write(in.bytes(), in.take(length), length, repetition, definition);
        }
    }

    record FixedSlice(int column, int definition, int length) implements Step {
        @Override
        public void write(AvroInput in, Columns out, int repetition) {
            out.at(column).write(in.bytes(), in.take(length), length, repetition, definition);
        }
    }

    static final class Symbol implements Step {
        private final int column;
        private final int definition;
        private final byte[][] symbols;

        Symbol(int column, int definition, List<String> symbols) {
            this.column = column;
            this.definition = definition;
            this.symbols = symbols.stream()
                    .map(symbol -> symbol.getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);
        }

        @Override
        public void write(AvroInput in, Columns out, int repetition) {
            byte[] symbol = symbols[in.nextInt()];
            out.at(column).write(symbol, 0, symbol.length, repetition, definition);
        }
    }

    /** A UUID's text as its sixteen bytes. */
    record Uuid(int column, int definition) implements Step {
        @Override
        public void write(AvroInput in, Columns out, int repetition) {
            int from = in.take(in.nextInt());
            byte[] bytes = out.scratch();
            int at = from;
            for (int i = 0; i < 16; i++) {
                at += in.bytes()[at] == '-' ? 1 : 0;
                bytes[i] = (byte) (digit(in, at) << 4 | digit(in, at + 1));
                at += 2;
            }
            out.at(column).write(bytes, 0, 16, repetition, definition);
        }

        private static int digit(AvroInput in, int at) {
            return Character.digit(in.bytes()[at], 16);
        }
    }

    record Json(int column, int definition, Schema schema) implements Step {
        @Override
        public void write(AvroInput in, Columns out, int repetition) {
            byte[] text = out.json().of(schema, in);
            out.at(column).write(text, 0, text.length, repetition, definition);
        }
    }
}
