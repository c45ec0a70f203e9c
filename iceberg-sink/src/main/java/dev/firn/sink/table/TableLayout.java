package dev.firn.sink.table;

import dev.firn.contract.Contract;
import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.types.Types;

/**
 * What a table would look like that is made for a contract now. Field ids mean nothing: a catalog gives its own.
 *
 * @param sortOrder for whoever rewrites files later; files as they are first written are in the order of arrival
 */
public record TableLayout(Schema schema, PartitionSpec spec, SortOrder sortOrder, Map<String, String> properties) {
    /** The first version that has deletion vectors. */
    private static final String WITH_VECTORS = "3";

    public TableLayout {
        properties = Map.copyOf(properties);
    }

    /** The same for the same contract and kind, always.
     *
     * @throws UndecodableException INCOMPATIBLE_SCHEMA, if Iceberg has no such table
     */
    public static TableLayout of(Contract contract, TableKind kind) {
        Schema schema = schema(contract, kind, false);
        return new TableLayout(
                schema, Partitioning.of(contract, schema), sortOrder(contract, schema), properties(contract, kind));
    }

    /** The columns of such a table.
     *
     * @param withDefaults whether they have what the contract's fields default to
     */
    static Schema schema(Contract contract, TableKind kind, boolean withDefaults) {
        org.apache.avro.Schema record = contract.schema();
        if (record.getType() != org.apache.avro.Schema.Type.RECORD) {
            throw new UndecodableException(
                    Reason.INCOMPATIBLE_SCHEMA, "a table needs a record, the schema is a " + record.getType());
        }
        ColumnTypes types = new ColumnTypes(withDefaults);
        List<Types.NestedField> fields = new ArrayList<>(types.fields(record, ColumnNames.of(record)));
        kind.columns().forEach(column -> fields.add(column.field(types::nextId, kind.keys())));
        return new Schema(fields);
    }

    /** The same, partitioned otherwise, as far as the schema has what that takes. */
    public TableLayout with(Repartitioning wanted) {
        PartitionSpec other = wanted.in(schema).orElse(PartitionSpec.unpartitioned());
        return new TableLayout(schema, other, sortOrder, properties);
    }

    /** The same, with commits going to a branch. */
    public TableLayout onBranch(String name) {
        Map<String, String> branched = new HashMap<>(properties);
        branched.put(WorkingBranch.PROPERTY, name);
        return new TableLayout(schema, spec, sortOrder, branched);
    }

    private static SortOrder sortOrder(Contract contract, Schema schema) {
        String eventTime = contract.eventTime();
        return eventTime == null
                ? SortOrder.unsorted()
                : SortOrder.builderFor(schema)
                        .asc(ColumnNames.path(contract.schema(), eventTime))
                        .build();
    }

    private static Map<String, String> properties(Contract contract, TableKind kind) {
        Map<String, String> properties = new HashMap<>(defaults());
        UpsertKey.of(contract, kind).ifPresent(key -> {
            properties.putAll(key.properties());
            properties.put(TableProperties.FORMAT_VERSION, WITH_VECTORS);
            // each commit reads all manifests of deletes, and writes those anew that it replaces a vector of
            properties.put(TableProperties.MANIFEST_MIN_MERGE_COUNT, "10");
        });
        return properties;
    }

    private static Map<String, String> defaults() {
        return Map.of(
                TableProperties.FORMAT_VERSION,
                "2",
                TableProperties.DEFAULT_FILE_FORMAT,
                "parquet",
                TableProperties.PARQUET_COMPRESSION,
                "zstd",
                TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES,
                Integer.toString(64 << 20),
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
                Integer.toString(256 << 20),
                TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED,
                "true",
                // each is as large as all snapshots together, and there is a new one every few seconds
                TableProperties.METADATA_PREVIOUS_VERSIONS_MAX,
                "20",
                // whoever asks which offsets a file holds must not have to open it, however wide the table
                TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX + SourceColumn.PARTITION.column(),
                "full",
                TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX + SourceColumn.OFFSET.column(),
                "full");
    }
}
