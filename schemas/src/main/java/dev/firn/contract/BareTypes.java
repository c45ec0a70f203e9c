package dev.firn.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Copies of types without contract properties, under their own names. */
final class BareTypes {
    private final Map<String, Schema> records = new HashMap<>();

    Schema of(Schema type) {
        return switch (type.getType()) {
            case RECORD -> record(type);
            case ARRAY -> Schema.createArray(of(type.getElementType()));
            case MAP -> Schema.createMap(of(type.getValueType()));
            case UNION ->
                Schema.createUnion(type.getTypes().stream().map(this::of).toList());
            // contract properties are not allowed on these
            default -> type;
        };
    }

    private Schema record(Schema record) {
        Schema known = records.get(record.getFullName());
        if (known != null) {
            return known;
        }
        Schema bare = Schema.createRecord(record.getFullName(), record.getDoc(), null, record.isError());
        records.put(record.getFullName(), bare);
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : record.getFields()) {
            Schema.Field copy = field.hasDefaultValue()
                    ? new Schema.Field(field.name(), of(field.schema()), field.doc(), field.defaultVal())
                    : new Schema.Field(field.name(), of(field.schema()), field.doc());
            field.aliases().forEach(copy::addAlias);
            fields.add(copy);
        }
        bare.setFields(fields);
        return bare;
    }
}
