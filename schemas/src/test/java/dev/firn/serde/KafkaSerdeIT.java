package dev.firn.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.contract.Contracts;
import dev.firn.embedded.EmbeddedStack;
import dev.firn.futuremobility.raw.FxRate;
import dev.firn.quarantine.Reason;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Named in the configuration of plain Kafka clients, as anybody would. */
class KafkaSerdeIT {
    private static final FxRate RATE = FxRate.newBuilder()
            .setBase("EUR")
            .setQuote("USD")
            .setRate(new BigDecimal("1.08450000"))
            .setAsOf(Instant.parse("2026-01-01T00:00:00Z"))
            .build();

    private final EmbeddedStack stack = EmbeddedStack.shared();
    private final String topic = "serde-" + UUID.randomUUID();

    @Test
    void shouldCarryRecordsThroughKafkaWhenNamedInTheConfiguration() throws Exception {
        // Given
        send(AvroSerializer.class.getName(), RATE, null);

        // When
        List<FxRate> specific = values(2, Map.of("specific.avro.reader", true));
        List<GenericRecord> generic = values(2, Map.of());

        // Then
        assertThat(specific).containsExactly(RATE, null);
        assertThat(generic.get(0).getSchema()).isEqualTo(Contracts.schema("raw.fx_rates"));
        assertThat(generic.get(0).get("base")).hasToString("EUR");
    }

    @Test
    void shouldNameReasonAndPlaceWhenARecordOfTheTopicIsBad() throws Exception {
        // Given
        send(ByteArraySerializer.class.getName(), new byte[] {7, 7, 7, 7, 7, 7});

        // When, Then
        assertThatThrownBy(() -> values(1, Map.of()))
                .isInstanceOfSatisfying(
                        RecordDeserializationException.class,
                        e -> assertThat(e.offset()).isZero())
                .cause()
                .isInstanceOfSatisfying(
                        UndecodableException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_MAGIC));
    }

    @BeforeEach
    void createTopic() throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private void send(String serializer, @Nullable Object... values) throws InterruptedException, ExecutionException {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers", stack.bootstrapServers(),
                "key.serializer", StringSerializer.class.getName(),
                "value.serializer", serializer,
                "schema.registry.url", stack.registryUrl());
        try (KafkaProducer<String, Object> producer = new KafkaProducer<>(properties)) {
            for (Object value : values) {
                producer.send(new ProducerRecord<>(topic, "EURUSD", value)).get();
            }
        }
    }

    private <V> List<V> values(int count, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "bootstrap.servers", stack.bootstrapServers(),
                "key.deserializer", StringDeserializer.class.getName(),
                "value.deserializer", AvroDeserializer.class.getName(),
                "schema.registry.url", stack.registryUrl()));
        properties.putAll(more);
        List<V> values = new ArrayList<>();
        try (KafkaConsumer<String, V> consumer = new KafkaConsumer<>(properties)) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Instant deadline = Instant.now().plusSeconds(30);
            while (values.size() < count && Instant.now().isBefore(deadline)) {
                for (ConsumerRecord<String, V> record : consumer.poll(Duration.ofMillis(200))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }
}
