package dev.firn.sink.write;

import dev.firn.serde.UndecodableException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.iceberg.SortField;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.transforms.Transform;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.util.SerializableFunction;
import org.jspecify.annotations.Nullable;

/** Reads what checked records of one schema are sorted by. Immutable. */
final class SortPlan {
    static final @Nullable Object[] NOTHING = {};

    private final List<Part> parts;

    private record Part(PartitionSource source, SerializableFunction<Object, Object> transform) {
        @Nullable
        Object value(Row row) {
            return source.isNull(row) ? null : transform.apply(source.value(row));
        }
    }

    private SortPlan(List<Part> parts) {
        this.parts = parts;
    }

    /** For records of a schema; null if they are not sorted, or can't be. Paths of fields that have to be marked are added. */
    static @Nullable SortPlan of(Schema record, org.apache.iceberg.Schema table, SortOrder order, List<String> marked) {
        if (order.isUnsorted()) {
            return null;
        }
        PartitionSourceCompiler sources = new PartitionSourceCompiler(record, marked);
        List<Part> parts = new ArrayList<>();
        try {
            for (SortField field : order.fields()) {
                parts.add(part(field, table, sources));
            }
        } catch (UndecodableException e) {
            // by a branch of a union: nothing that keeps the record from its table
            return null;
        }
        return new SortPlan(parts);
    }

    @SuppressWarnings("unchecked") // a sort field's transform is one for its source's type
    private static Part part(SortField field, org.apache.iceberg.Schema table, PartitionSourceCompiler sources) {
        Type type = table.findType(field.sourceId());
        Transform<Object, Object> transform = (Transform<Object, Object>) (Transform<?, ?>) field.transform();
        return new Part(sources.compile(table.findColumnName(field.sourceId()), type), transform.bind(type));
    }

    /** In the order of the sort order's fields. */
    @Nullable
    Object[] values(Row row) {
        @Nullable Object[] values = new Object[parts.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = parts.get(i).value(row);
        }
        return values;
    }
}
