package dev.firn.sink.write;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.parquet.column.ColumnDescriptor;

/** The columns of a table's Parquet files, in the order in which Iceberg makes them from its schema. Immutable. */
final class ParquetColumns {
    private final List<ColumnDescriptor> descriptors;
    private final Map<Integer, Integer> byId = new HashMap<>();

    ParquetColumns(Schema table) {
        descriptors = ParquetSchemaUtil.convert(table, "table").getColumns();
        for (int i = 0; i < descriptors.size(); i++) {
            byId.put(descriptors.get(i).getPrimitiveType().getId().intValue(), i);
        }
    }

    /** Where the field with this id is. */
    int of(int fieldId) {
        Integer column = byId.get(fieldId);
        if (column == null) {
            throw new IllegalStateException("field " + fieldId + " has no column");
        }
        return column;
    }

    ColumnDescriptor descriptor(int column) {
        return descriptors.get(column);
    }

    /** The highest of the column's definition levels: of a value that is there. */
    int definition(int column) {
        return descriptors.get(column).getMaxDefinitionLevel();
    }

    /** All below a field. */
    int[] below(int fieldId, Type type) {
        if (type.typeId() == TypeID.UNKNOWN) {
            // null always, and in no file
            return new int[0];
        }
        if (type.isPrimitiveType()) {
            return new int[] {of(fieldId)};
        }
        return type.asNestedType().fields().stream()
                .flatMapToInt(field -> Arrays.stream(below(field.fieldId(), field.type())))
                .toArray();
    }
}
