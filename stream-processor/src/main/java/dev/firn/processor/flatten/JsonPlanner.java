package dev.firn.processor.flatten;

import dev.firn.contract.FieldPath;
import dev.firn.processor.pack.Packer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;

/** Makes a writer of JSON for each type of a schema. */
final class JsonPlanner {
    private final Set<FieldPath> without;
    private final Map<String, RecordJson> open = new HashMap<>();

    JsonPlanner(Set<FieldPath> without) {
        this.without = without;
    }

    Json plan(Schema schema, FieldPath path) {
        return switch (schema.getType()) {
            case RECORD -> record(schema, path);
            case ARRAY -> array(plan(schema.getElementType(), path.elements()));
            case MAP -> map(plan(schema.getValueType(), path.values()));
            case UNION -> union(schema, path);
            default -> JsonScalars.of(schema);
        };
    }

    /** A record within itself is written by the plan that is being made: it need not end. */
    private Json record(Schema schema, FieldPath path) {
        RecordJson within = open.get(schema.getFullName());
        if (within != null) {
            return within;
        }
        RecordJson json = new RecordJson();
        open.put(schema.getFullName(), json);
        for (Schema.Field field : schema.getFields()) {
            FieldPath at = path.field(field.name());
            if (!without.contains(at)) {
                json.add(field, plan(field.schema(), at));
            }
        }
        open.remove(schema.getFullName());
        return json;
    }

    private static Json array(Json element) {
        return (value, out) -> {
            int before = '[';
            for (Object each : (Collection<?>) value) {
                out.putByte(before);
                element.write(each, out);
                before = ',';
            }
            closing('[', before, ']', out);
        };
    }

    private static Json map(Json element) {
        return (value, out) -> {
            int before = '{';
            for (Map.Entry<?, ?> each : ((Map<?, ?>) value).entrySet()) {
                out.putByte(before);
                JsonText.quoted(each.getKey(), out);
                out.putByte(':');
                element.write(each.getValue(), out);
                before = ',';
            }
            closing('{', before, '}', out);
        };
    }

    private static void closing(int opening, int before, int closing, Packer out) {
        if (before == opening) {
            out.putByte(opening);
        }
        out.putByte(closing);
    }

    private Json union(Schema schema, FieldPath path) {
        Schema only = Types.notNull(schema);
        if (only.getType() != Schema.Type.UNION) {
            return orNull(plan(only, path));
        }
        List<Json> branches =
                schema.getTypes().stream().map(branch -> plan(branch, path)).toList();
        return orNull((value, out) ->
                branches.get(GenericData.get().resolveUnion(schema, value)).write(value, out));
    }

    private static Json orNull(Json json) {
        return (value, out) -> {
            if (value == null) {
                JsonText.word("null", out);
            } else {
                json.write(value, out);
            }
        };
    }

    private static final class RecordJson implements Json {
        private static final class Field {
            private final byte[] name;
            private final int position;
            private final Json json;

            Field(byte[] name, int position, Json json) {
                this.name = name;
                this.position = position;
                this.json = json;
            }
        }

        private final List<Field> fields = new ArrayList<>();

        void add(Schema.Field field, Json json) {
            Packer name = new Packer().putByte(fields.isEmpty() ? '{' : ',');
            JsonText.quoted(field.name(), name);
            fields.add(new Field(name.putByte(':').toBytes(), field.pos(), json));
        }

        @Override
        public void write(Object value, Packer out) {
            IndexedRecord record = (IndexedRecord) value;
            for (int i = 0; i < fields.size(); i++) {
                Field field = fields.get(i);
                out.putRaw(field.name, field.name.length);
                field.json.write(record.get(field.position), out);
            }
            closing('{', fields.isEmpty() ? '{' : ',', '}', out);
        }
    }
}
