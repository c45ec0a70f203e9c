package dev.firn.sink.parquet;

import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** The numbers that Parquet has. Each is held as its bits, those of four bytes with their sign extended. */
enum NumberKind {
    INT32(Integer.BYTES),
    INT64(Long.BYTES),
    FLOAT(Integer.BYTES),
    DOUBLE(Long.BYTES);

    private static final long NAN_FLOAT = Float.floatToIntBits(Float.NaN);
    private static final long NAN_DOUBLE = Double.doubleToLongBits(Double.NaN);

    private final int size;

    NumberKind(int size) {
        this.size = size;
    }

    static NumberKind of(PrimitiveTypeName type) {
        return valueOf(type.name());
    }

    /** In bytes. */
    int size() {
        return size;
    }

    boolean isFraction() {
        return this == FLOAT || this == DOUBLE;
    }

    boolean isNan(long bits) {
        return this == DOUBLE ? bits == NAN_DOUBLE : this == FLOAT && bits == NAN_FLOAT;
    }

    /** A number in whose order the bits are in the order of what they stand for, and back. As Java compares fractions. */
    long ordered(long bits) {
        return isFraction() ? bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE) : bits;
    }

    void put(long bits, Bytes to) {
        if (size == Integer.BYTES) {
            to.putInt((int) bits);
        } else {
            to.putLong(bits);
        }
    }

    long get(Bytes from, int index) {
        return size == Integer.BYTES ? from.getInt(index * Integer.BYTES) : from.getLong(index * Long.BYTES);
    }

    void addTo(Statistics<?> bounds, long bits) {
        switch (this) {
            case INT32 -> bounds.updateStats((int) bits);
            case INT64 -> bounds.updateStats(bits);
            case FLOAT -> bounds.updateStats(Float.intBitsToFloat((int) bits));
            case DOUBLE -> bounds.updateStats(Double.longBitsToDouble(bits));
        }
    }
}
