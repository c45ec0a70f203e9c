package dev.firn.sink.write;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.DoubleFieldMetrics;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.FloatFieldMetrics;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** What Parquet's footer does not say of columns of floats and doubles: how many are no number, and bounds without those. */
final class FractionMetrics {
    private final FloatFieldMetrics.@Nullable Builder[] floats;
    private final DoubleFieldMetrics.@Nullable Builder[] doubles;

    FractionMetrics(List<ColumnDescriptor> columns) {
        floats = new FloatFieldMetrics.@Nullable Builder[columns.size()];
        doubles = new DoubleFieldMetrics.@Nullable Builder[columns.size()];
        for (int i = 0; i < columns.size(); i++) {
            ColumnDescriptor column = columns.get(i);
            // Iceberg keeps no metrics within lists and maps
            if (column.getMaxRepetitionLevel() == 0) {
                int id = column.getPrimitiveType().getId().intValue();
                PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
                floats[i] = type == PrimitiveTypeName.FLOAT ? new FloatFieldMetrics.Builder(id) : null;
                doubles[i] = type == PrimitiveTypeName.DOUBLE ? new DoubleFieldMetrics.Builder(id) : null;
            }
        }
    }

    void add(int column, float value) {
        FloatFieldMetrics.Builder metrics = floats[column];
        if (metrics != null) {
            metrics.addValue(value);
        }
    }

    void add(int column, double value) {
        DoubleFieldMetrics.Builder metrics = doubles[column];
        if (metrics != null) {
            metrics.addValue(value);
        }
    }

    /** For a file of so many rows. */
    Stream<FieldMetrics<?>> of(long rows) {
        List<FieldMetrics<?>> all = new ArrayList<>();
        for (FloatFieldMetrics.Builder metrics : floats) {
            if (metrics != null) {
                all.add(withNulls(metrics.build(), rows, Types.FloatType.get()));
            }
        }
        for (DoubleFieldMetrics.Builder metrics : doubles) {
            if (metrics != null) {
                all.add(withNulls(metrics.build(), rows, Types.DoubleType.get()));
            }
        }
        return all.stream();
    }

    private static <T> FieldMetrics<T> withNulls(
            FieldMetrics<T> values, long rows, org.apache.iceberg.types.Type type) {
        return new FieldMetrics<>(
                values.id(),
                rows,
                rows - values.valueCount(),
                values.nanValueCount(),
                values.lowerBound(),
                values.upperBound(),
                type);
    }
}
