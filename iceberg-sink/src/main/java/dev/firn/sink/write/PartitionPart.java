package dev.firn.sink.write;

import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.util.ByteBuffers;
import org.jspecify.annotations.Nullable;

/** One field of a partition. Immutable. */
abstract class PartitionPart {
    private final PartitionSource source;
    private final UnaryOperator<@Nullable Object> transform;

    PartitionPart(PartitionSource source, UnaryOperator<@Nullable Object> transform) {
        this.source = source;
        this.transform = transform;
    }

    /** By Iceberg's own transform. */
    final @Nullable Object value(Row row) {
        return source.isNull(row) ? null : transform.apply(source.value(row));
    }

    /** Tells partitions apart by it; same value, same bytes. */
    final void addTo(PartitionBytes key, Row row) {
        if (source.isNull(row)) {
            key.addNull();
        } else {
            addPresent(key, row);
        }
    }

    abstract void addPresent(PartitionBytes key, Row row);

    /** Any transform, at the cost of objects. */
    static final class Any extends PartitionPart {
        private final Type result;

        Any(PartitionSource source, UnaryOperator<@Nullable Object> transform, Type result) {
            super(source, transform);
            this.result = result;
        }

        @Override
        void addPresent(PartitionBytes key, Row row) {
            Object value = value(row);
            if (value == null) {
                key.addNull();
            } else {
                byte[] bytes = ByteBuffers.toByteArray(Conversions.toByteBuffer(result, value));
                key.add(bytes, 0, bytes.length);
            }
        }
    }

    static final class OfNumber extends PartitionPart {
        private final MarkedNumber number;
        private final LongUnaryOperator fast;

        OfNumber(PartitionSources.Whole source, UnaryOperator<@Nullable Object> transform, LongUnaryOperator fast) {
            super(source, transform);
            this.number = source.number();
            this.fast = fast;
        }

        @Override
        void addPresent(PartitionBytes key, Row row) {
            key.add(fast.applyAsLong(number.read(row)));
        }
    }

    /** Of a string or bytes: themselves, or a bucket of them. */
    static final class OfSlice extends PartitionPart {
        private final int slot;
        private final int buckets;

        /** @param buckets 0 for none */
        OfSlice(PartitionSources.Marked source, UnaryOperator<@Nullable Object> transform, int buckets) {
            super(source, transform);
            this.slot = source.slot();
            this.buckets = buckets;
        }

        @Override
        void addPresent(PartitionBytes key, Row row) {
            int back = row.input.position();
            row.input.position(row.trail.marked(slot));
            int length = row.input.nextInt();
            int from = row.input.take(length);
            row.input.position(back);
            if (buckets == 0) {
                key.add(row.input.bytes(), from, length);
            } else {
                key.add((Murmur3.hash(row.input.bytes(), from, length) & Integer.MAX_VALUE) % buckets);
            }
        }
    }
}
