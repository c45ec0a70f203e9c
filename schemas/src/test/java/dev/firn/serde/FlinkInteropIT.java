package dev.firn.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.Contracts;
import dev.firn.embedded.EmbeddedStack;
import dev.firn.futuremobility.raw.FxRate;
import dev.firn.registry.ConfluentRegistry;
import dev.firn.registry.RegistryConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.flink.avro.shaded.org.apache.avro.io.DecoderFactory;
import org.apache.flink.formats.avro.registry.confluent.ConfluentRegistryAvroDeserializationSchema;
import org.apache.flink.formats.avro.registry.confluent.ConfluentRegistryAvroSerializationSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each side reads what the other wrote: ours, Confluent's client, and Flink's schemas on top of it. */
class FlinkInteropIT {
    private static final String URL = EmbeddedStack.shared().registryUrl();
    private static final FxRate RATE = FxRate.newBuilder()
            .setBase("EUR")
            .setQuote("USD")
            .setRate(new BigDecimal("1.08450000"))
            .setAsOf(Instant.parse("2026-01-01T00:00:00Z"))
            .build();
    private static final ByteBuffer UNSCALED =
            ByteBuffer.wrap(RATE.getRate().unscaledValue().toByteArray());

    private final ConfluentRegistry registry = new ConfluentRegistry(RegistryConfig.of(URL));
    private final CachedSchemaRegistryClient confluent =
            new CachedSchemaRegistryClient(List.of(URL), 100, List.of(new AvroSchemaProvider()), Map.of());
    private final String topic = "interop-" + UUID.randomUUID();
    private final String subject = topic + "-value";

    @ParameterizedTest
    @ValueSource(strings = {"raw.activity", "raw.transactions", "silver.activity_events", "ops.quarantine"})
    void shouldBeReadByFlinkWhenWrittenByUs(String contract) throws IOException {
        // Given
        Schema schema = Contracts.schema(contract);
        for (Object datum : new RandomData(schema, 50, 7)) {
            byte[] written = AvroSerde.generic(registry).serializer().serialize(topic, (GenericRecord) datum);

            // When
            Object read = ConfluentRegistryAvroDeserializationSchema.forGeneric(flink(schema), URL)
                    .deserialize(written);

            // Then: equal when printed, with all values
            assertThat(read).hasToString(datum.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw.activity", "raw.transactions", "silver.activity_events", "ops.quarantine"})
    void shouldBeReadByUsWhenWrittenByFlink(String contract) throws IOException {
        // Given
        Schema schema = Contracts.schema(contract);
        var flink = ConfluentRegistryAvroSerializationSchema.forGeneric(subject, flink(schema), URL);
        for (Object datum : new RandomData(schema, 50, 7)) {
            byte[] written = flink.serialize(flink((GenericRecord) datum));

            // When
            GenericRecord read = AvroDecoder.generic(registry).decode(written);

            // Then
            assertThat(read).isEqualTo(datum);
        }
    }

    @Test
    void shouldBeReadAsFlinksClassWhenOurClassWasWritten() throws IOException {
        // Given
        byte[] written = AvroSerde.specific(registry, FxRate.class).serializer().serialize(topic, RATE);

        // When
        FlinkRate read = ConfluentRegistryAvroDeserializationSchema.forSpecific(FlinkRate.class, URL)
                .deserialize(written);

        // Then
        assertThat(read.get(0)).hasToString("EUR");
        assertThat(read.get(1)).hasToString("USD");
        assertThat(read.get(2)).isEqualTo(UNSCALED);
        assertThat(read.get(3)).isEqualTo(micros(RATE.getAsOf()));
    }

    @Test
    void shouldBeReadAsOurClassWhenFlinksClassWasWritten() {
        // Given
        FlinkRate rate = new FlinkRate("EUR", "USD", UNSCALED, micros(RATE.getAsOf()));
        byte[] written = ConfluentRegistryAvroSerializationSchema.forSpecific(FlinkRate.class, subject, URL)
                .serialize(rate);

        // When
        FxRate read = AvroDecoder.specific(registry, FxRate.class).decode(written);

        // Then
        assertThat(read).isEqualTo(RATE);
    }

    @Test
    void shouldHaveTheSameIdAndPropertiesWhenConfluentsClientRegistered() throws IOException, RestClientException {
        // Given
        Schema schema = Contracts.schema("raw.customers");
        int id = confluent.register(subject, new AvroSchema(schema.toString()));

        // When
        Schema found = registry.byId(id);

        // Then
        assertThat(found.toString()).isEqualTo(schema.toString());
        assertThat(registry.idOf(subject, schema)).isEqualTo(id);
        assertThat(registry.register(subject, schema)).isEqualTo(id);
        assertThat(registry.latest(subject).version()).isEqualTo(1);
    }

    @Test
    void shouldBeFoundByConfluentsClientWhenWeRegistered() throws IOException, RestClientException {
        // Given
        Schema schema = Contracts.schema("raw.customers");
        int id = registry.register(subject, schema);

        // When
        String found = confluent.getSchemaById(id).canonicalString();

        // Then
        assertThat(new Schema.Parser().parse(found)).isEqualTo(schema);
        assertThat(confluent.getId(subject, new AvroSchema(schema.toString()))).isEqualTo(id);
    }

    private static long micros(Instant time) {
        return time.toEpochMilli() * 1_000;
    }

    private static org.apache.flink.avro.shaded.org.apache.avro.Schema flink(Schema schema) {
        return new org.apache.flink.avro.shaded.org.apache.avro.Schema.Parser().parse(schema.toString());
    }

    /** The same record in Flink's Avro, by way of the encoding. */
    private static org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord flink(GenericRecord record)
            throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(written, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        return new org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumReader<
                        org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord>(flink(record.getSchema()))
                .read(null, DecoderFactory.get().binaryDecoder(written.toByteArray(), null));
    }
}
