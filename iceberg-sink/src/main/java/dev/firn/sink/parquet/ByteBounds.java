package dev.firn.sink.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** The least and the most of strings of bytes: in the order of their unsigned bytes, or of the numbers that they are. */
final class ByteBounds {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final boolean areSigned;
    private final End least = new End();
    private final End most = new End();
    private boolean isEmpty = true;

    /** Where an outermost value stands. */
    private static final class End {
        private byte[] bytes = new byte[0];
        private int from;
        private int length;
        private long prefix;

        void set(byte[] of, int at, int size, long begins) {
            bytes = of;
            from = at;
            length = size;
            prefix = begins;
        }

        int compareTo(byte[] of, int at, int size, long begins) {
            int byPrefix = Long.compareUnsigned(prefix, begins);
            return byPrefix != 0 ? byPrefix : Arrays.compareUnsigned(bytes, from, from + length, of, at, at + size);
        }

        Binary copy() {
            return Binary.fromConstantByteArray(Arrays.copyOfRange(bytes, from, from + length));
        }
    }

    ByteBounds(PrimitiveType type) {
        areSigned = type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation;
    }

    /** The bytes must stay until {@link #addTo}. */
    void add(byte[] bytes, int from, int length) {
        long prefix = prefix(bytes, from, length);
        if (isEmpty) {
            least.set(bytes, from, length, prefix);
            most.set(bytes, from, length, prefix);
            isEmpty = false;
        } else if (least.compareTo(bytes, from, length, prefix) > 0) {
            least.set(bytes, from, length, prefix);
        } else if (most.compareTo(bytes, from, length, prefix) < 0) {
            most.set(bytes, from, length, prefix);
        }
    }

    /** The first bytes as a number in whose unsigned order they are, whatever follows. */
    private long prefix(byte[] bytes, int from, int length) {
        long prefix = 0;
        if (bytes.length - from >= Long.BYTES && length > 0) {
            prefix = (long) LONGS.get(bytes, from) & (-1L << (Long.SIZE - Math.min(length, Long.BYTES) * Byte.SIZE));
        } else {
            for (int i = 0; i < Math.min(length, Long.BYTES); i++) {
                prefix |= (bytes[from + i] & 0xffL) << (Long.SIZE - (i + 1) * Byte.SIZE);
            }
        }
        return areSigned ? prefix ^ Long.MIN_VALUE : prefix;
    }

    /** Begins anew. */
    void addTo(Statistics<?> statistics) {
        statistics.updateStats(least.copy());
        statistics.updateStats(most.copy());
        isEmpty = true;
    }
}
