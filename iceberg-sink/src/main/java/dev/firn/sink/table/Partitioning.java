package dev.firn.sink.table;

import dev.firn.contract.Contract;
import dev.firn.contract.PartitionTransform;
import dev.firn.contract.Transform;
import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import java.util.List;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;

/** Partitioning as Iceberg's. */
final class Partitioning {
    private Partitioning() {}

    /** The contract's spec.
     *
     * @throws UndecodableException INCOMPATIBLE_SCHEMA, if Iceberg does not take it
     */
    static PartitionSpec of(Contract contract, Schema schema) {
        List<PartitionTransform> byColumn = contract.partitionBy().stream()
                .map(part -> new PartitionTransform(
                        part.transform(), part.param(), ColumnNames.path(contract.schema(), part.field())))
                .toList();
        try {
            return of(byColumn, schema);
        } catch (IllegalArgumentException | ValidationException e) {
            throw new UndecodableException(
                    Reason.INCOMPATIBLE_SCHEMA, "no table can be partitioned like that: " + e.getMessage(), e);
        }
    }

    /** The spec for a table with the schema, whose columns the transforms name.
     *
     * @throws IllegalArgumentException if there is no such column
     * @throws ValidationException if a transform does not apply to its column
     */
    static PartitionSpec of(List<PartitionTransform> parts, Schema schema) {
        PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
        parts.forEach(part -> add(spec, part, part.field(), schema));
        return spec.build();
    }

    private static void add(PartitionSpec.Builder spec, PartitionTransform part, String column, Schema schema) {
        String name = name(part, schema);
        switch (part.transform()) {
            case IDENTITY -> spec.identity(column, name);
            case YEAR -> spec.year(column, name);
            case MONTH -> spec.month(column, name);
            case DAY -> spec.day(column, name);
            case HOUR -> spec.hour(column, name);
            case BUCKET -> spec.bucket(column, part.param(), name);
            case TRUNCATE -> spec.truncate(column, part.param(), name);
        }
    }

    /** The same as a term of an update. */
    static Term term(PartitionTransform part) {
        String column = part.field();
        return switch (part.transform()) {
            case IDENTITY -> Expressions.ref(column);
            case YEAR -> Expressions.year(column);
            case MONTH -> Expressions.month(column);
            case DAY -> Expressions.day(column);
            case HOUR -> Expressions.hour(column);
            case BUCKET -> Expressions.bucket(column, part.param());
            case TRUNCATE -> Expressions.truncate(column, part.param());
        };
    }

    /** Not the name of a column: engines could not tell them apart. */
    static String name(PartitionTransform part, Schema schema) {
        String column = part.field();
        if (part.transform() == Transform.IDENTITY && !column.contains(".")) {
            return column;
        }
        String name = column.replace('.', '_') + suffix(part.transform());
        while (schema.findField(name) != null) {
            name += "_";
        }
        return name;
    }

    private static String suffix(Transform transform) {
        return switch (transform) {
            case IDENTITY -> "";
            case TRUNCATE -> "_trunc";
            default -> "_" + transform.text();
        };
    }
}
