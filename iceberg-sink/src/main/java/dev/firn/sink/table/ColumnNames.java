package dev.firn.sink.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.iceberg.MetadataColumns;

/** Names of columns for a record's fields: their own, unless that means something else in a table. */
public final class ColumnNames {
    private ColumnNames() {}

    /**
     * Column by field of a topic's record. A field that is called like a column of {@link SourceColumn}, or like one that
     * engines add to tables, has underscores behind it.
     */
    public static Map<String, String> of(Schema record) {
        Map<String, String> columns = new HashMap<>();
        for (Schema.Field field : record.getFields()) {
            String column = field.name();
            while (isReserved(column) || (!column.equals(field.name()) && record.getField(column) != null)) {
                column += "_";
            }
            columns.put(field.name(), column);
        }
        return columns;
    }

    /** Where in the table a dotted path of the record's fields leads. */
    static String path(Schema record, String fields) {
        List<String> steps = List.of(fields.split("\\.", 2));
        String first = of(record).getOrDefault(steps.get(0), steps.get(0));
        return steps.size() == 1 ? first : first + "." + steps.get(1);
    }

    private static boolean isReserved(String column) {
        return SourceColumn.named(column).isPresent() || MetadataColumns.isMetadataColumn(column);
    }
}
