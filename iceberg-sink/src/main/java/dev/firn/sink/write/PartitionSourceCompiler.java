package dev.firn.sink.write;

import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.table.ColumnNames;
import dev.firn.sink.table.Logical;
import dev.firn.sink.table.SourceColumn;
import dev.firn.sink.table.Unions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.jspecify.annotations.Nullable;

/** Finds the record's value for a column that a table is partitioned by. */
final class PartitionSourceCompiler {
    private final Schema record;
    private final List<String> marked;

    /** What is found.
     *
     * @param marked takes the paths of what has to be marked
     */
    PartitionSourceCompiler(Schema record, List<String> marked) {
        this.record = record;
        this.marked = marked;
    }

    PartitionSource compile(String column, Type type) {
        Optional<SourceColumn> origin = SourceColumn.named(column);
        if (origin.isPresent()) {
            return new PartitionSources.Origin(origin.get(), type);
        }
        StringBuilder path = new StringBuilder();
        Schema here = record;
        for (String step : column.split("\\.", -1)) {
            if (here.getType() != Schema.Type.RECORD) {
                throw unreadable(column);
            }
            Schema.Field field = path.isEmpty() ? topField(step) : here.getField(step);
            if (field == null) {
                return new PartitionSources.Absent();
            }
            path.append(path.isEmpty() ? "" : ".").append(field.name());
            here = Unions.value(field.schema());
        }
        return here.getType() == Schema.Type.NULL ? new PartitionSources.Absent() : marked(path.toString(), here, type);
    }

    private Schema.@Nullable Field topField(String column) {
        for (Map.Entry<String, String> name : ColumnNames.of(record).entrySet()) {
            if (name.getValue().equals(column)) {
                return record.getField(name.getKey());
            }
        }
        return null;
    }

    private PartitionSource marked(String path, Schema schema, Type type) {
        int slot = Slots.of(path, marked);
        if (schema.getType() == Schema.Type.INT || schema.getType() == Schema.Type.LONG) {
            boolean isInt = type.typeId() == TypeID.INTEGER || type.typeId() == TypeID.DATE;
            return new PartitionSources.Whole(new MarkedNumber(slot, Logical.of(schema)), isInt);
        }
        return new PartitionSources.Marked(slot, reader(path, schema, type));
    }

    private static PartitionSources.Reader reader(String path, Schema schema, Type type) {
        return switch (schema.getType()) {
            case BOOLEAN -> PartitionSources.flag();
            case FLOAT -> PartitionSources.fraction32(type);
            case DOUBLE -> PartitionSources.fraction64();
            case ENUM -> PartitionSources.symbol(schema.getEnumSymbols());
            case STRING -> PartitionSources.text(type);
            case BYTES -> PartitionSources.bytes(type, -1, scale(schema));
            case FIXED -> PartitionSources.bytes(type, schema.getFixedSize(), scale(schema));
            case RECORD -> PartitionSources.json(schema);
            default -> throw unreadable(path);
        };
    }

    private static int scale(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal ? decimal.getScale() : 0;
    }

    private static UndecodableException unreadable(String path) {
        return new UndecodableException(
                Reason.INCOMPATIBLE_SCHEMA,
                "the table is partitioned by " + path + ", which the record has no value for");
    }
}
