package dev.firn.sink.write;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.DateTimeUtil;
import org.jspecify.annotations.Nullable;

/** Makes Iceberg's generic values of Avro's, by converters that are put together once. Of the types of the benchmarks. */
final class IcebergValues {
    private IcebergValues() {}

    static Function<Object, Object> of(Schema schema, Type type) {
        return switch (type.typeId()) {
            case STRING -> Object::toString;
            case TIMESTAMP -> micros -> DateTimeUtil.timestamptzFromMicros((long) micros);
            case DECIMAL -> unscaled -> decimal((ByteBuffer) unscaled, ((Types.DecimalType) type).scale());
            case STRUCT -> struct(schema, type.asStructType());
            case LIST ->
                list(of(value(schema.getElementType()), type.asListType().elementType()));
            case MAP -> map(of(value(schema.getValueType()), type.asMapType().valueType()));
            default -> value -> value;
        };
    }

    private static Schema value(Schema schema) {
        return schema.getType() == Schema.Type.UNION ? schema.getTypes().get(1) : schema;
    }

    private static BigDecimal decimal(ByteBuffer unscaled, int scale) {
        byte[] bytes = new byte[unscaled.remaining()];
        unscaled.duplicate().get(bytes);
        return new BigDecimal(new BigInteger(bytes), scale);
    }

    private static Function<Object, Object> struct(Schema schema, Types.StructType type) {
        List<Function<Object, Object>> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            fields.add(of(value(field.schema()), type.field(field.name()).type()));
        }
        return value -> {
            IndexedRecord from = (IndexedRecord) value;
            GenericRecord to = GenericRecord.create(type);
            for (int i = 0; i < fields.size(); i++) {
                to.set(i, orNull(fields.get(i), from.get(i)));
            }
            return to;
        };
    }

    private static @Nullable Object orNull(Function<Object, Object> converter, @Nullable Object value) {
        return value == null ? null : converter.apply(value);
    }

    private static Function<Object, Object> list(Function<Object, Object> element) {
        return value -> {
            List<Object> list = new ArrayList<>();
            ((Collection<?>) value).forEach(item -> list.add(element.apply(item)));
            return list;
        };
    }

    private static Function<Object, Object> map(Function<Object, Object> mapped) {
        return value -> {
            Map<Object, Object> map = new HashMap<>();
            ((Map<?, ?>) value).forEach((key, item) -> map.put(key.toString(), mapped.apply(item)));
            return map;
        };
    }
}
