package dev.firn.sink.parquet;

import java.util.Optional;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.ColumnDescriptor;
import org.jspecify.annotations.Nullable;

/** What Parquet's footer does not say of a column of floats or doubles: how many are no number, and bounds without those. */
final class FractionMetrics {
    private final NumberKind kind;
    private final boolean isWanted;
    private final int id;
    private long values;
    private long nans;
    private long least = Long.MAX_VALUE;
    private long most = Long.MIN_VALUE;

    FractionMetrics(ColumnDescriptor column, NumberKind kind) {
        this.kind = kind;
        // Iceberg keeps no metrics within lists and maps
        this.isWanted = kind.isFraction() && column.getMaxRepetitionLevel() == 0;
        this.id = column.getPrimitiveType().getId().intValue();
    }

    boolean isWanted() {
        return isWanted;
    }

    void add(long bits) {
        values++;
        if (kind.isNan(bits)) {
            nans++;
        } else {
            long ordered = kind.ordered(bits);
            least = Math.min(least, ordered);
            most = Math.max(most, ordered);
        }
    }

    /** For a file of so many rows. */
    Optional<FieldMetrics<?>> of(long rows) {
        if (!isWanted) {
            return Optional.empty();
        }
        boolean hasBounds = values > nans;
        Type type = kind == NumberKind.FLOAT ? Types.FloatType.get() : Types.DoubleType.get();
        return Optional.of(new FieldMetrics<>(
                id, rows, rows - values, nans, hasBounds ? bound(least) : null, hasBounds ? bound(most) : null, type));
    }

    private @Nullable Object bound(long ordered) {
        long bits = kind.ordered(ordered);
        if (kind == NumberKind.FLOAT) {
            return Float.intBitsToFloat((int) bits);
        }
        return Double.longBitsToDouble(bits);
    }
}
