package dev.firn.sink.write;

import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.write.PartitionSources.Marked;
import dev.firn.sink.write.PartitionSources.Whole;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.transforms.Transform;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.DateTimeUtil;
import org.apache.iceberg.util.SerializableFunction;
import org.jspecify.annotations.Nullable;

/** Which partition a checked record belongs to. Immutable. */
final class PartitionPlan {
    private final Schema table;
    private final PartitionSpec spec;
    private final PartitionPart[] parts;

    private PartitionPlan(Schema table, PartitionSpec spec, List<PartitionPart> parts) {
        this.table = table;
        this.spec = spec;
        this.parts = parts.toArray(PartitionPart[]::new);
    }

    /** For records of a schema. Paths of fields that have to be marked are added. */
    static PartitionPlan of(org.apache.avro.Schema record, Schema table, PartitionSpec spec, List<String> marked) {
        PartitionSourceCompiler sources = new PartitionSourceCompiler(record, marked);
        List<PartitionPart> parts = new ArrayList<>();
        for (PartitionField field : spec.fields()) {
            Type type = table.findType(field.sourceId());
            parts.add(part(field, type, sources.compile(table.findColumnName(field.sourceId()), type)));
        }
        return new PartitionPlan(table, spec, parts);
    }

    @SuppressWarnings("unchecked") // a partition field's transform is one for its source's type
    private static PartitionPart part(PartitionField field, Type type, PartitionSource source) {
        Transform<Object, Object> transform = (Transform<Object, Object>) field.transform();
        SerializableFunction<Object, Object> bound = transform.bind(type);
        UnaryOperator<@Nullable Object> slow = type instanceof Types.DecimalType decimal
                ? value -> requireFit(bound.apply(value), decimal, field)
                : bound::apply;
        String name = transform.toString();
        if (source instanceof Whole number) {
            LongUnaryOperator fast = fast(name, type.typeId());
            if (fast != null) {
                return new PartitionPart.OfNumber(number, slow, fast);
            }
        }
        boolean slice = type.typeId() == TypeID.STRING || type.typeId() == TypeID.BINARY;
        if (source instanceof Marked marked && slice && marked.reader() instanceof PartitionSources.Slice) {
            if (transform.isIdentity() || buckets(name) > 0) {
                return new PartitionPart.OfSlice(marked, slow, buckets(name));
            }
        }
        return new PartitionPart.Any(source, slow, transform.getResultType(type));
    }

    /** What is cut off below may need another digit: no manifest takes that, and no file of the window could be committed. */
    private static @Nullable Object requireFit(@Nullable Object value, Types.DecimalType type, PartitionField field) {
        if (value instanceof BigDecimal number && number.precision() > type.precision()) {
            throw new UndecodableException(
                    Reason.CONVERSION_FAILED, "no " + type + " is what it would be partitioned by, " + field.name());
        }
        return value;
    }

    private static @Nullable LongUnaryOperator fast(String transform, TypeID type) {
        int buckets = buckets(transform);
        if (buckets > 0) {
            return value -> (Murmur3.hash(value) & Integer.MAX_VALUE) % buckets;
        }
        boolean timestamp = type == TypeID.TIMESTAMP;
        return switch (transform) {
            case "identity" -> value -> value;
            case "hour" -> timestamp ? DateTimeUtil::microsToHours : null;
            case "day" -> timestamp ? DateTimeUtil::microsToDays : null;
            case "month" -> timestamp ? DateTimeUtil::microsToMonths : null;
            case "year" -> timestamp ? DateTimeUtil::microsToYears : null;
            default -> null;
        };
    }

    /** 0 if the transform is not one into buckets. The name of a transform is defined by the table spec. */
    private static int buckets(String transform) {
        return transform.startsWith("bucket[")
                ? Integer.parseInt(transform, "bucket[".length(), transform.length() - 1, 10)
                : 0;
    }

    void key(Row row, PartitionBytes into) {
        into.clear();
        for (PartitionPart part : parts) {
            part.addTo(into, row);
        }
    }

    /** The same as a tuple for a data file. */
    PartitionKey tuple(Row row) {
        PartitionKey tuple = new PartitionKey(spec, table);
        for (int i = 0; i < parts.length; i++) {
            tuple.set(i, parts[i].value(row));
        }
        return tuple;
    }
}
