package dev.firn.sink.table;

import dev.firn.contract.Contract;
import dev.firn.contract.PartitionTransform;
import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.exceptions.ValidationException;

/** A contract's partitioning as Iceberg's. */
final class Partitioning {
    private Partitioning() {}

    /** The contract's spec.
     *
     * @throws UndecodableException INCOMPATIBLE_SCHEMA, if Iceberg does not take it
     */
    static PartitionSpec of(Contract contract, Schema schema) {
        PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
        try {
            for (PartitionTransform part : contract.partitionBy()) {
                add(spec, part, ColumnNames.path(contract.schema(), part.field()), schema);
            }
            return spec.build();
        } catch (IllegalArgumentException | ValidationException e) {
            throw new UndecodableException(
                    Reason.INCOMPATIBLE_SCHEMA, "no table can be partitioned like that: " + e.getMessage(), e);
        }
    }

    private static void add(PartitionSpec.Builder spec, PartitionTransform part, String column, Schema schema) {
        switch (part.transform()) {
            case IDENTITY -> spec.identity(column, column.contains(".") ? name(column, "", schema) : column);
            case YEAR -> spec.year(column, name(column, "_year", schema));
            case MONTH -> spec.month(column, name(column, "_month", schema));
            case DAY -> spec.day(column, name(column, "_day", schema));
            case HOUR -> spec.hour(column, name(column, "_hour", schema));
            case BUCKET -> spec.bucket(column, part.param(), name(column, "_bucket", schema));
            case TRUNCATE -> spec.truncate(column, part.param(), name(column, "_trunc", schema));
        }
    }

    /** Not the name of a column: engines could not tell them apart. */
    private static String name(String column, String suffix, Schema schema) {
        String name = column.replace('.', '_') + suffix;
        while (schema.findField(name) != null) {
            name += "_";
        }
        return name;
    }
}
