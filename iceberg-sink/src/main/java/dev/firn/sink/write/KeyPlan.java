package dev.firn.sink.write;

import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.keys.KeyDigest;
import dev.firn.sink.keys.KeyHash;
import dev.firn.sink.table.UpsertKey;
import java.util.List;
import org.apache.avro.Schema;

/** Reads a table's key from checked records of one schema. Immutable. */
final class KeyPlan {
    private final List<PartitionSource> values;
    private final List<String> columns;

    private KeyPlan(List<PartitionSource> values, List<String> columns) {
        this.values = values;
        this.columns = columns;
    }

    /** For records of a schema. Paths of fields that have to be marked are added. */
    static KeyPlan of(Schema record, org.apache.iceberg.Schema table, UpsertKey key, List<String> marked) {
        PartitionSourceCompiler sources = new PartitionSourceCompiler(record, marked);
        return new KeyPlan(
                key.columns().stream()
                        .map(column -> sources.compile(column, table.findType(column)))
                        .toList(),
                key.columns());
    }

    /** Whether the records have a field for each part of the key. */
    boolean isWhole() {
        return values.stream().noneMatch(PartitionSources.Absent.class::isInstance);
    }

    /** The key of a row.
     *
     * @throws UndecodableException if a part of it is null
     */
    KeyHash of(Row row, KeyDigest digest) {
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isNull(row)) {
                throw new UndecodableException(Reason.CONVERSION_FAILED, "a part of the table's key is null")
                        .in(columns.get(i));
            }
        }
        for (PartitionSource value : values) {
            digest.add(value.value(row));
        }
        return digest.hash();
    }
}
