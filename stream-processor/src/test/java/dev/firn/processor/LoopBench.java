package dev.firn.processor;

import dev.firn.registry.ConfluentRegistry;
import dev.firn.registry.RegistryConfig;
import dev.firn.serde.AvroDecoder;
import dev.firn.serde.AvroSerializer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The least that it could cost: a topic's records polled, decoded, encoded and produced, in a transaction each half second. */
public final class LoopBench {
    private static final Duration COMMIT = Duration.ofMillis(500);
    private static final Duration POLL = Duration.ofMillis(100);

    private final String out;
    private final int records;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AvroDecoder<GenericRecord> decoder;
    private final AvroSerializer<GenericRecord> serializer = new AvroSerializer<>();
    private final List<TopicPartition> partitions;
    private int read;

    private LoopBench(String servers, String registryUrl, String topic, int records) {
        this.out = output(topic);
        this.records = records;
        this.consumer = consumer(servers);
        this.producer = producer(servers, out);
        this.decoder = AvroDecoder.generic(new ConfluentRegistry(RegistryConfig.of(registryUrl)));
        serializer.configure(Map.of("schema.registry.url", registryUrl), false);
        this.partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    /** The topic that it writes, which must be there. */
    static String output(String topic) {
        return "loop." + topic;
    }

    /** Arguments: bootstrap servers, URL of the registry, topic, how many records it has. */
    public static void main(String[] arguments) {
        Cost cost = new LoopBench(arguments[0], arguments[1], arguments[2], Integer.parseInt(arguments[3]))
                .run(arguments[2]);
        System.out.println(cost);
        System.exit(0);
    }

    private Cost run(String topic) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        producer.initTransactions();
        CpuTime half = CpuTime.NONE;
        int halfRead = 0;
        while (read < records) {
            transaction();
            if (halfRead == 0 && read >= records / 2) {
                halfRead = read;
                half = cpu();
            }
        }
        return new Cost("bare loop over " + topic, records, cpu(), halfRead, half);
    }

    // a transaction fails with any of its records
    @SuppressWarnings("FutureReturnValueIgnored")
    private void transaction() {
        producer.beginTransaction();
        long until = System.nanoTime() + COMMIT.toNanos();
        while (read < records && System.nanoTime() < until) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                byte[] value = serializer.serialize(out, decoder.decode(record.value()));
                producer.send(new ProducerRecord<>(out, record.key(), value));
                read++;
            }
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        partitions.forEach(partition -> offsets.put(partition, new OffsetAndMetadata(consumer.position(partition))));
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String servers) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                servers,
                "group.id",
                "loop-bench",
                "enable.auto.commit",
                false,
                "isolation.level",
                "read_committed",
                "max.poll.records",
                1_000);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static KafkaProducer<byte[], byte[]> producer(String servers, String id) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", servers, "transactional.id", id, "linger.ms", 100, "batch.size", 64 * 1024);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static CpuTime cpu() {
        return CpuTime.of(ProcessHandle.current());
    }
}
