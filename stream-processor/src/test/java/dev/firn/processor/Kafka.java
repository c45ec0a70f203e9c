package dev.firn.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.Contracts;
import dev.firn.processor.topology.Topics;
import dev.firn.registry.ConfluentRegistry;
import dev.firn.registry.RegistryConfig;
import dev.firn.serde.AvroDecoder;
import dev.firn.serde.AvroSerializer;
import dev.firn.topic.TopicLeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A real broker and registry, as those see them who write what the service reads, and read what it wrote. */
final class Kafka {
    private final String bootstrapServers;
    private final String registryUrl;
    private final ConfluentRegistry registry;
    private final AvroSerializer<SpecificRecordBase> serializer = new AvroSerializer<>();

    Kafka(String bootstrapServers, String registryUrl) {
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
        this.registry = new ConfluentRegistry(RegistryConfig.of(registryUrl));
        serializer.configure(Map.of("schema.registry.url", registryUrl), false);
    }

    ConfluentRegistry registry() {
        return registry;
    }

    /** For the service, with its state below the directory. */
    Map<String, String> environment(Path dir) {
        return Map.of(
                "FIRN_KAFKA_BOOTSTRAP_SERVERS",
                bootstrapServers,
                "FIRN_REGISTRY_URL",
                registryUrl,
                "FIRN_PII_KEY",
                "test",
                // how long the group waits for one that was killed
                "FIRN_KAFKA_PROPERTIES_SESSION_TIMEOUT_MS",
                "10000",
                "FIRN_PROCESSOR_REFERENCE_WAIT",
                "3s",
                "FIRN_PROCESSOR_STATE_DIR",
                dir.resolve("state").toString());
    }

    void createRawTopics(int partitions) throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers))) {
            List<NewTopic> topics = new ArrayList<>();
            Topics.RAW.forEach(topic -> topics.add(new NewTopic(topic, partitions, (short) 1)));
            admin.createTopics(topics).all().get();
            TopicLeaders.await(admin, Topics.RAW);
        }
    }

    void createTopic(String name, int partitions) throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
            TopicLeaders.await(admin, List.of(name));
        }
    }

    KafkaProducer<String, byte[]> producer() {
        Map<String, Object> config =
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "enable.idempotence", true);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    byte[] encode(String topic, SpecificRecordBase record) {
        return Objects.requireNonNull(serializer.serialize(topic, record));
    }

    List<GenericRecord> rows(String topic) {
        List<GenericRecord> rows = records(topic);
        assertThat(rows).allSatisfy(row -> assertThat(row.getSchema()).isEqualTo(Contracts.schema(topic)));
        return rows;
    }

    List<GenericRecord> records(String topic) {
        AvroDecoder<GenericRecord> decoder = AvroDecoder.generic(registry);
        return read(topic).stream()
                .map(record -> decoder.decode(record.value()))
                .toList();
    }

    /** All that is committed. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrapServers);
        config.put("isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }
}
