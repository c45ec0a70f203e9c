package dev.firn.sink.table;

import dev.firn.contract.Contract;
import dev.firn.contract.PartitionTransform;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;

/** A contract's partitioning as Iceberg's. */
final class Partitioning {
    private Partitioning() {}

    static PartitionSpec of(Contract contract, Schema schema) {
        PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
        for (PartitionTransform part : contract.partitionBy()) {
            add(spec, part, ColumnNames.path(contract.schema(), part.field()), schema);
        }
        return spec.build();
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
