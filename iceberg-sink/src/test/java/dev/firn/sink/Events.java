package dev.firn.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.registry.SchemaRegistry;
import dev.firn.serde.AvroSerializer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/** Records of a small schema. */
final class Events {
    private static final Schema SCHEMA = SchemaBuilder.record("Event")
            .namespace("test")
            .fields()
            .requiredLong("n")
            .requiredString("text")
            .endRecord();

    private static final Schema OTHER_SCHEMA = SchemaBuilder.record("OtherEvent")
            .namespace("test")
            .fields()
            .requiredLong("n")
            .requiredString("text")
            .endRecord();

    private Events() {}

    static List<byte[]> values(SchemaRegistry registry, String topic, int from, int count) {
        List<byte[]> values = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            values.add(value(registry, topic, i, "text " + i));
        }
        return values;
    }

    /** Of a schema that nobody else uses, so that none of its readers knows it. */
    static List<byte[]> othersValues(SchemaRegistry registry, String topic, int count) {
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(value(registry, topic, i, "text " + i, OTHER_SCHEMA));
        }
        return values;
    }

    static byte[] value(SchemaRegistry registry, String topic, long n, String text) {
        return value(registry, topic, n, text, SCHEMA);
    }

    private static byte[] value(SchemaRegistry registry, String topic, long n, String text, Schema schema) {
        GenericRecord record =
                new GenericRecordBuilder(schema).set("n", n).set("text", text).build();
        try (AvroSerializer<GenericRecord> serializer = new AvroSerializer<>(registry)) {
            byte[] value = serializer.serialize(topic, record);
            assertThat(value).isNotNull();
            return value;
        }
    }
}
