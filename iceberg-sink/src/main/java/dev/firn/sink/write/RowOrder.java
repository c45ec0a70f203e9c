package dev.firn.sink.write;

import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortDirection;
import org.apache.iceberg.SortField;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;

/** By what the rows of each file are sorted. Immutable. */
final class RowOrder {
    /** Whether files are sorted by the table's sort order. */
    static final String PROPERTY = "firn.sort-files";

    private final SortOrder order;
    private final List<Comparator<@Nullable Object>> comparators;

    private RowOrder(SortOrder order, Schema schema) {
        this.order = order;
        this.comparators =
                order.fields().stream().map(field -> comparator(field, schema)).toList();
    }

    /**
     * For new files of a table. An order by a time alone is that of arrival, nearly, and is left to whoever rewrites files,
     * unless the table says otherwise.
     *
     * @param keyed whether it has to be known where each row is as soon as it is written: such rows are not sorted
     */
    static RowOrder of(Table table, Schema schema, boolean keyed) {
        SortOrder wanted = table.sortOrder();
        boolean sorted = PropertyUtil.propertyAsBoolean(table.properties(), PROPERTY, !isByTime(wanted, schema));
        return new RowOrder(keyed || !sorted ? SortOrder.unsorted() : wanted, schema);
    }

    private static boolean isByTime(SortOrder order, Schema schema) {
        return order.fields().size() == 1
                && schema.findType(order.fields().get(0).sourceId()).typeId() == TypeID.TIMESTAMP;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // values are of the field's type; nulls are dealt with around it
    private static Comparator<@Nullable Object> comparator(SortField field, Schema schema) {
        Type type = field.transform().getResultType(schema.findType(field.sourceId()));
        Comparator<Object> values = Comparators.forType(type.asPrimitiveType());
        Comparator<Object> directed = field.direction() == SortDirection.ASC ? values : values.reversed();
        return field.nullOrder() == NullOrder.NULLS_FIRST
                ? Comparator.nullsFirst(directed)
                : Comparator.nullsLast(directed);
    }

    boolean isSorted() {
        return order.isSorted();
    }

    SortOrder order() {
        return order;
    }

    int compare(@Nullable Object[] one, @Nullable Object[] other) {
        for (int i = 0; i < comparators.size(); i++) {
            int difference = comparators.get(i).compare(one[i], other[i]);
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }
}
