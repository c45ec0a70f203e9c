package dev.firn.serde;

import dev.firn.registry.ConfluentRegistry;
import dev.firn.registry.SchemaRegistry;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the wire format; null stays null. Safe for use by many threads. Fails as {@link AvroDecoder#decode} does.
 *
 * <p>Made by Kafka, it takes its registry from {@link #configure} and gives generic records with the writer's schema, or
 * with {@code specific.avro.reader} records of the generated classes that are called as the writer's schemas.
 */
public final class AvroDeserializer<T> implements Deserializer<T> {
    private @Nullable SchemaRegistry registry;
    private @Nullable Readers readers;
    private @Nullable AvroDecoder<T> decoder;

    /** For Kafka, which then calls {@link #configure}. */
    public AvroDeserializer() {}

    /** Reads generic records. */
    public AvroDeserializer(SchemaRegistry registry) {
        this(registry, null);
    }

    private AvroDeserializer(SchemaRegistry registry, @Nullable Readers readers) {
        this.registry = registry;
        this.readers = readers;
        this.decoder = new AvroDecoder<>(registry, readers == null ? Readers.generic() : readers);
    }

    /** Reads records of the class. */
    public static <T extends SpecificRecord> AvroDeserializer<T> specific(SchemaRegistry registry, Class<T> type) {
        return new AvroDeserializer<>(registry, Readers.of(type));
    }

    @Override
    public void configure(Map<String, ?> properties, boolean isKey) {
        SerdeConfig config = new SerdeConfig(properties);
        SchemaRegistry used = registry == null ? new ConfluentRegistry(config.registry()) : registry;
        Readers chosen =
                config.specific() ? Readers.byName(Thread.currentThread().getContextClassLoader()) : Readers.generic();
        decoder = new AvroDecoder<>(used, readers == null ? chosen : readers);
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] record) {
        if (record == null) {
            return null;
        }
        if (decoder == null) {
            throw new IllegalStateException("the deserializer is not configured");
        }
        return decoder.decode(record);
    }
}
