package dev.firn.generator.publish;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A producer that is idempotent, acknowledged by all replicas, keeps the order of each partition, and waits for an outage to
 * pass, however long it takes.
 */
public final class ReliableProducer {
    private ReliableProducer() {}

    /** A producer of its own.
     *
     * @param properties of Kafka, which may tune it but not weaken its guarantees */
    public static Producer<byte[], byte[]> connect(String clientId, Map<String, String> properties) {
        return new KafkaProducer<>(config(clientId, properties), new ByteArraySerializer(), new ByteArraySerializer());
    }

    static Map<String, Object> config(String clientId, Map<String, String> properties) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.putAll(properties);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.MAX_VALUE);
        // KAFKA-15591: a broker that is just up can refuse a producer's first batch, and take the second for the first
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return config;
    }
}
