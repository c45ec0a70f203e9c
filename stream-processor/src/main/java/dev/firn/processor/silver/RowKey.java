package dev.firn.processor.silver;

import dev.firn.contract.Contract;
import dev.firn.contract.Mode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's key of silver rows: where a row is a version of an entity, the entity's key as the row has it, so that all versions
 * are in one partition, in order; else what the record came with. Not for several threads.
 */
public final class RowKey {
    private static final String BETWEEN = "|";

    private @Nullable Schema schema;
    private List<String> columns = List.of();

    /** The key of the row.
     *
     * @param cameWith the key of the record that the row is made of
     */
    // an equal schema that is another has the same key
    @SuppressWarnings("ReferenceEquality")
    public byte @Nullable [] of(GenericRecord row, byte @Nullable [] cameWith) {
        if (row.getSchema() != schema) {
            schema = row.getSchema();
            Contract contract = Contract.of(schema);
            columns = contract.mode() == Mode.UPSERT ? contract.key() : List.of();
        }
        if (columns.isEmpty()) {
            return cameWith;
        }
        StringBuilder key = new StringBuilder();
        for (String column : columns) {
            key.append(key.isEmpty() ? "" : BETWEEN).append(row.get(column));
        }
        return key.toString().getBytes(StandardCharsets.UTF_8);
    }
}
