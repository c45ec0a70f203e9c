package dev.firn.sink.write;

import dev.firn.sink.decode.AvroInput;
import dev.firn.sink.decode.BigEndian;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Steps for decimals, by the way that Parquet holds those of the column's precision. */
final class Decimals {
    private Decimals() {}

    /** How long the unscaled value is.
     *
     * @param fixed -1 if it says so itself
     */
    record Length(int fixed) {
        int of(AvroInput in) {
            return fixed < 0 ? in.nextInt() : fixed;
        }
    }

    record As32(int column, int definition, Length length) implements Step {
        @Override
        public void write(AvroInput in, Columns out, int repetition) {
            int size = length.of(in);
            out.at(column).write((int) BigEndian.signed(in.bytes(), in.take(size), size), repetition, definition);
        }
    }

    record As64(int column, int definition, Length length) implements Step {
        @Override
        public void write(AvroInput in, Columns out, int repetition) {
            int size = length.of(in);
            out.at(column).write(BigEndian.signed(in.bytes(), in.take(size), size), repetition, definition);
        }
    }

    /** In so many bytes: fewer are filled up by the sign's, of more only the sign's are left out. */
    record AsFixed(int column, int definition, Length length, int target) implements Step {
        @Override
        public void write(AvroInput in, Columns out, int repetition) {
            int size = length.of(in);
            byte[] bytes = in.bytes();
            int from = in.take(size);
            if (size >= target) {
                out.at(column).write(bytes, from + size - target, target, repetition, definition);
                return;
            }
            byte[] filled = out.scratch();
            Arrays.fill(filled, 0, target - size, (byte) (bytes[from] >> 7));
            System.arraycopy(bytes, from, filled, target - size, size);
            out.at(column).write(filled, 0, target, repetition, definition);
        }
    }

    /** Of more digits than a column's type has. */
    record AsText(int column, int definition, Length length, int scale) implements Step {
        @Override
        public void write(AvroInput in, Columns out, int repetition) {
            int size = length.of(in);
            BigInteger unscaled = new BigInteger(in.bytes(), in.take(size), size);
            byte[] text = new BigDecimal(unscaled, scale).toPlainString().getBytes(StandardCharsets.US_ASCII);
            out.at(column).write(text, 0, text.length, repetition, definition);
        }
    }
}
