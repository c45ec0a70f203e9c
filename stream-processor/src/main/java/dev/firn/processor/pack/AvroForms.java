package dev.firn.processor.pack;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Plans how values of a schema are written. An Avro long is what {@link Packer#putLong} puts. */
final class AvroForms {
    /** A record within itself is written by the form that is being made: it need not end. */
    private final Map<String, RecordForm> records = new HashMap<>();

    AvroForm of(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> (value, out) -> {};
            case BOOLEAN -> (value, out) -> out.putByte((Boolean) given(value) ? 1 : 0);
            case INT -> (value, out) -> out.putLong(((Number) given(value)).intValue());
            case LONG -> (value, out) -> out.putLong(((Number) given(value)).longValue());
            case FLOAT -> (value, out) -> out.putFloat((Float) given(value));
            case DOUBLE -> (value, out) -> out.putDouble((Double) given(value));
            case STRING -> AvroForms::string;
            case BYTES -> AvroForms::bytes;
            case FIXED -> (value, out) -> out.putRaw(((GenericFixed) given(value)).bytes(), schema.getFixedSize());
            case ENUM ->
                (value, out) -> out.putLong(schema.getEnumOrdinal(given(value).toString()));
            case ARRAY -> array(of(schema.getElementType()));
            case MAP -> map(of(schema.getValueType()));
            case UNION -> union(schema);
            case RECORD -> record(schema);
        };
    }

    private static Object given(@Nullable Object value) {
        return Objects.requireNonNull(value, "no value of a type that can't be null");
    }

    private static void string(@Nullable Object value, Packer out) {
        if (value instanceof Utf8 text) {
            Utf8s.put(text, out);
        } else {
            out.putBytes(given(value).toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void bytes(@Nullable Object value, Packer out) {
        ByteBuffer buffer = (ByteBuffer) given(value);
        out.putLong(buffer.remaining());
        out.putRaw(buffer);
    }

    private static AvroForm array(AvroForm element) {
        return (value, out) -> {
            Collection<?> elements = (Collection<?>) given(value);
            if (!elements.isEmpty()) {
                out.putLong(elements.size());
                elements.forEach(each -> element.write(each, out));
            }
            out.putByte(0);
        };
    }

    private static AvroForm map(AvroForm of) {
        return (value, out) -> {
            Map<?, ?> entries = (Map<?, ?>) given(value);
            if (!entries.isEmpty()) {
                out.putLong(entries.size());
                entries.forEach((key, each) -> {
                    string(key, out);
                    of.write(each, out);
                });
            }
            out.putByte(0);
        };
    }

    private AvroForm union(Schema schema) {
        List<AvroForm> branches = schema.getTypes().stream().map(this::of).toList();
        if (branches.size() == 2 && schema.isNullable()) {
            int nullAt = schema.getIndexNamed(Schema.Type.NULL.getName());
            AvroForm other = branches.get(1 - nullAt);
            return (value, out) -> {
                out.putLong(value == null ? nullAt : 1 - nullAt);
                if (value != null) {
                    other.write(value, out);
                }
            };
        }
        return (value, out) -> {
            int branch = GenericData.get().resolveUnion(schema, value);
            branches.get(branch).write(value, out.putLong(branch));
        };
    }

    private AvroForm record(Schema schema) {
        RecordForm known = records.get(schema.getFullName());
        if (known != null) {
            return known;
        }
        RecordForm form = new RecordForm(schema.getFields().size());
        records.put(schema.getFullName(), form);
        for (Schema.Field field : schema.getFields()) {
            form.fields[field.pos()] = of(field.schema());
        }
        return form;
    }

    private static final class RecordForm implements AvroForm {
        private final AvroForm[] fields;

        RecordForm(int size) {
            this.fields = new AvroForm[size];
        }

        @Override
        public void write(@Nullable Object value, Packer out) {
            IndexedRecord record = (IndexedRecord) given(value);
            for (int i = 0; i < fields.length; i++) {
                fields[i].write(record.get(i), out);
            }
        }
    }
}
