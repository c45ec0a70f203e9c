package dev.firn.serde;

import dev.firn.registry.ConfluentRegistry;
import dev.firn.registry.SchemaRegistry;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes generic and generated records in the wire format; null stays null. Safe for use by many threads.
 *
 * <p>Made by Kafka, it takes its registry from {@link #configure}; made by hand, from the constructor.
 */
public final class AvroSerializer<T extends IndexedRecord> implements Serializer<T> {
    private @Nullable SchemaRegistry registry;
    private @Nullable AvroEncoder encoder;

    /** For Kafka, which then calls {@link #configure}. */
    public AvroSerializer() {}

    /** Writes values under the topics' subjects, registering schemas as they come. */
    public AvroSerializer(SchemaRegistry registry) {
        this(registry, SubjectNames.TOPIC, false);
    }

    /** Registers schemas as they come. */
    public AvroSerializer(SchemaRegistry registry, SubjectName subjects, boolean isKey) {
        this.registry = registry;
        this.encoder = encoder(registry, subjects, isKey, true);
    }

    @Override
    public void configure(Map<String, ?> properties, boolean isKey) {
        SerdeConfig config = new SerdeConfig(properties);
        SchemaRegistry used = registry == null ? new ConfluentRegistry(config.registry()) : registry;
        encoder = encoder(used, config.subjectName(isKey), isKey, config.autoRegister());
    }

    private static AvroEncoder encoder(
            SchemaRegistry registry, SubjectName subjects, boolean isKey, boolean autoRegister) {
        return new AvroEncoder((topic, written) -> {
            Schema schema = JavaProperties.removeFrom(written);
            String subject = subjects.of(topic, isKey, schema);
            return autoRegister ? registry.register(subject, schema) : registry.idOf(subject, schema);
        });
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T record) {
        if (record == null) {
            return null;
        }
        if (encoder == null) {
            throw new IllegalStateException("the serializer is not configured");
        }
        return encoder.encode(topic, record);
    }
}
