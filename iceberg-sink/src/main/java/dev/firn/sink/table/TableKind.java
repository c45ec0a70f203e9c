package dev.firn.sink.table;

import static dev.firn.sink.table.SourceColumn.OFFSET;
import static dev.firn.sink.table.SourceColumn.PARTITION;
import static dev.firn.sink.table.SourceColumn.TOPIC;

import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** How much of a record's origin a table's rows carry.
 *
 * @param isWhole whether all that Kafka knows of a record, or just where it stood
 * @param keys in the column that wholes have for them; for others, how a key tells which row is deleted
 */
public record TableKind(boolean isWhole, KeyFormat keys) {
    /** Records as they came: all that Kafka knows of them. */
    public static final TableKind BRONZE = new TableKind(true, KeyFormat.BYTES);
    /** Where the record stood. */
    public static final TableKind PLAIN = new TableKind(false, KeyFormat.BYTES);

    public TableKind withKeys(KeyFormat format) {
        return new TableKind(isWhole, format);
    }

    /** The same for a table that may be there already: its own column says how it holds keys. */
    public TableKind in(Schema table) {
        Types.NestedField column = table.findField(SourceColumn.KEY.column());
        return isWhole && column != null ? withKeys(keys.in(column.type())) : this;
    }

    /** After the record's own fields, in this order. */
    public List<SourceColumn> columns() {
        return isWhole ? List.of(SourceColumn.values()) : List.of(TOPIC, PARTITION, OFFSET);
    }
}
