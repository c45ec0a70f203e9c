package dev.firn.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.contract.Contracts;
import dev.firn.futuremobility.raw.Activity;
import dev.firn.futuremobility.raw.FxRate;
import dev.firn.futuremobility.raw.Product;
import dev.firn.quarantine.Reason;
import dev.firn.registry.InMemoryRegistry;
import dev.firn.registry.UnknownSchemaException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroSerdeTest {
    private static final FxRate RATE = FxRate.newBuilder()
            .setBase("EUR")
            .setQuote("USD")
            .setRate(new BigDecimal("1.08450000"))
            .setAsOf(Instant.parse("2026-01-01T00:00:00Z"))
            .build();

    private final InMemoryRegistry registry = new InMemoryRegistry();

    @Test
    void shouldReadWhatWasWrittenWhenRecordsAreSpecific() {
        // Given
        AvroSerde<FxRate> serde = AvroSerde.specific(registry, FxRate.class);

        // When
        FxRate read = serde.deserializer().deserialize("raw.fx_rates", bytes(serde, RATE));

        // Then
        assertThat(read).isEqualTo(RATE);
    }

    @Test
    void shouldReadWhatWasWrittenWhenRecordsAreGeneric() {
        // Given
        AvroSerde<GenericRecord> serde = AvroSerde.generic(registry);
        Schema schema = Contracts.schema("raw.fx_rates");
        GenericRecord rate = new GenericRecordBuilder(schema)
                .set("base", "EUR")
                .set("quote", "USD")
                .set("rate", ByteBuffer.wrap(new byte[] {1, 2}))
                .set("as_of", 7L)
                .build();

        // When
        GenericRecord read =
                serde.deserializer().deserialize("t", serde.serializer().serialize("t", rate));

        // Then
        assertThat(read).isEqualTo(rate);
        assertThat(read.getSchema()).isEqualTo(schema);
    }

    @Test
    void shouldRegisterTheContractItselfWhenASpecificRecordIsWritten() {
        // When
        bytes(AvroSerde.specific(registry, FxRate.class), RATE);

        // Then: nothing of Java's, everything of Firn's
        assertThat(registry.latest("raw.fx_rates-value").schema().toString())
                .isEqualTo(Contracts.schema("raw.fx_rates").toString());
    }

    @Test
    void shouldKeepDocumentationWhenTheSchemaOfAClassIsRegistered() {
        // When
        Schema schema = JavaProperties.removeFrom(Activity.getClassSchema());

        // Then
        assertThat(schema.toString()).isEqualTo(Contracts.schema("raw.activity").toString());
    }

    @Test
    void shouldFillDefaultsWhenTheWriterKnewFewerFields() {
        // Given
        Schema older = without(Contracts.schema("raw.products"), "vehicle");
        GenericRecord product =
                (GenericRecord) new RandomData(older, 1, 7).iterator().next();
        byte[] bytes = new AvroSerializer<GenericRecord>(registry).serialize("t", product);

        // When
        Product read = AvroDecoder.specific(registry, Product.class).decode(bytes);

        // Then
        assertThat(read.getVehicle()).isNull();
        assertThat(read.getProductId()).isEqualTo(product.get("product_id").toString());
    }

    @Test
    void shouldSayIncompatibleWhenTheReaderCanNotReadWhatTheWriterWrote() {
        // Given
        Schema older = without(Contracts.schema("raw.products"), "kind");
        GenericRecord product =
                (GenericRecord) new RandomData(older, 1, 7).iterator().next();
        byte[] bytes = new AvroSerializer<GenericRecord>(registry).serialize("t", product);

        // When, Then
        assertThatThrownBy(() -> AvroDecoder.specific(registry, Product.class).decode(bytes))
                .isInstanceOfSatisfying(
                        UndecodableException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA));
    }

    @Test
    void shouldPassNullThroughWhenThereIsNoRecord() {
        // Given
        AvroSerde<FxRate> serde = AvroSerde.specific(registry, FxRate.class);

        // When, Then
        assertThat(serde.serializer().serialize("t", null)).isNull();
        assertThat(serde.deserializer().deserialize("t", (byte[]) null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "topic, t-value",
        "record, dev.firn.futuremobility.raw.FxRate",
        "topic-record, t-dev.firn.futuremobility.raw.FxRate",
        "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy, t-dev.firn.futuremobility.raw.FxRate"
    })
    void shouldRegisterUnderTheSubjectThatTheStrategyNames(String strategy, String subject) {
        // Given
        AvroSerializer<FxRate> serializer = new AvroSerializer<>(registry);
        serializer.configure(Map.of(SerdeConfig.VALUE_SUBJECT, strategy), false);

        // When
        serializer.serialize("t", RATE);

        // Then
        assertThat(registry.latest(subject).version()).isEqualTo(1);
    }

    @Test
    void shouldRegisterUnderTheSubjectOfKeysWhenItIsOne() {
        // Given
        AvroSerializer<FxRate> serializer = new AvroSerializer<>(registry);
        serializer.configure(Map.of(), true);

        // When
        serializer.serialize("t", RATE);

        // Then
        assertThat(registry.latest("t-key").version()).isEqualTo(1);
    }

    @Test
    void shouldOnlyLookUpWhenItMayNotRegister() {
        // Given
        AvroSerializer<FxRate> serializer = new AvroSerializer<>(registry);
        serializer.configure(Map.of(SerdeConfig.AUTO_REGISTER, "false"), false);

        // When, Then
        assertThatThrownBy(() -> serializer.serialize("t", RATE)).isInstanceOf(UnknownSchemaException.class);
        int id = registry.register("t-value", Contracts.schema("raw.fx_rates"));
        assertThat(WireFormat.schemaId(serializer.serialize("t", RATE))).isEqualTo(id);
    }

    @Test
    void shouldReadClassesByNameWhenConfiguredForSpecific() {
        // Given
        AvroDeserializer<Object> deserializer = new AvroDeserializer<>(registry);
        deserializer.configure(Map.of(SerdeConfig.SPECIFIC, true), false);
        byte[] written = bytes(AvroSerde.specific(registry, FxRate.class), RATE);

        // When
        Object read = deserializer.deserialize("t", written);

        // Then
        assertThat(read).isEqualTo(RATE);
    }

    @Test
    void shouldNameThePlaceAndNoValueWhenARecordDoesNotFitItsSchema() {
        // Given
        GenericRecord missing = new GenericData.Record(Contracts.schema("raw.fx_rates"));
        missing.put("base", "s3cr3t");
        GenericRecord wrong = new GenericData.Record(Contracts.schema("raw.fx_rates"));
        wrong.put("base", List.of("s3cr3t"));
        AvroSerializer<GenericRecord> serializer = new AvroSerializer<>(registry);

        // When, Then
        assertThatThrownBy(() -> serializer.serialize("t", missing))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("quote")
                .hasMessageNotContaining("s3cr3t");
        assertThatThrownBy(() -> serializer.serialize("t", wrong))
                .isInstanceOf(SerializationException.class)
                .hasMessageNotContaining("s3cr3t")
                .hasNoCause();
    }

    @Test
    void shouldWriteTheNextRecordWholeWhenOneFailedHalfWay() {
        // Given
        AvroSerializer<GenericRecord> serializer = new AvroSerializer<>(registry);
        GenericRecord broken = new GenericData.Record(Contracts.schema("raw.fx_rates"));
        broken.put("base", "EUR");
        assertThatThrownBy(() -> serializer.serialize("t", broken)).isInstanceOf(SerializationException.class);
        GenericRecord good = new GenericRecordBuilder(Contracts.schema("raw.fx_rates"))
                .set("base", "EUR")
                .set("quote", "USD")
                .set("rate", ByteBuffer.wrap(new byte[] {1, 2}))
                .set("as_of", 7L)
                .build();

        // When
        byte[] written = serializer.serialize("t", good);

        // Then
        assertThat(AvroDecoder.generic(registry).decode(written)).isEqualTo(good);
    }

    @ParameterizedTest
    @ValueSource(strings = {"schema.registry.ulr", "schema.registry.max.retry"})
    void shouldRefuseKeyWhenItIsOursAndUnknown(String key) {
        // When, Then
        assertThatThrownBy(() -> new SerdeConfig(Map.of(key, "x")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("unknown key " + key + "; did you mean");
    }

    @Test
    void shouldRefuseSwitchWhenItWouldChangeWhatIsWrittenAndIsNotSupported() {
        // When, Then
        assertThatThrownBy(() -> new SerdeConfig(Map.of("use.latest.version", true)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("use.latest.version");
    }

    private static byte[] bytes(AvroSerde<FxRate> serde, FxRate rate) {
        return serde.serializer().serialize("raw.fx_rates", rate);
    }

    private static Schema without(Schema schema, String field) {
        List<Schema.Field> fields = schema.getFields().stream()
                .filter(f -> !f.name().equals(field))
                .map(f -> new Schema.Field(f, f.schema()))
                .toList();
        return Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
    }
}
