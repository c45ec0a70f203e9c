package dev.firn.contract;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a topic's schema says about its records beyond their types.
 *
 * @param key paths of the fields that identify the entity, empty if none do
 * @param eventTime path of the timestamp that carries event time
 * @param partitionBy of the table, in order
 * @param rules in the order of the fields
 * @param pii only the paths that carry personal data
 */
public record Contract(
        Schema schema,
        List<String> key,
        @Nullable String eventTime,
        List<PartitionTransform> partitionBy,
        Mode mode,
        List<FieldRule> rules,
        Map<FieldPath, Pii> pii) {

    public Contract {
        key = List.copyOf(key);
        partitionBy = List.copyOf(partitionBy);
        rules = List.copyOf(rules);
        pii = Map.copyOf(pii);
    }

    /** Whether the schema says anything at all beyond its types. */
    public boolean isEmpty() {
        return key.isEmpty() && eventTime == null && partitionBy.isEmpty() && rules.isEmpty() && pii.isEmpty();
    }

    /** Reads the schema's {@code firn.} properties.
     *
     * @throws ContractException if one is unknown, does not parse, or names a field that is not there
     */
    public static Contract of(Schema schema) {
        return new ContractReader(schema).read();
    }
}
