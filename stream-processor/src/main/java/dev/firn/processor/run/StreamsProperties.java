package dev.firn.processor.run;

import dev.firn.processor.quarantine.Failures;
import dev.firn.processor.quarantine.ProcessingFailureHandler;
import dev.firn.processor.quarantine.ProductionFailureHandler;
import dev.firn.processor.store.HeldMemory;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Kafka Streams' configuration. What the operator passes through for all clients wins over our choices for them. */
final class StreamsProperties {
    /** Room for a row of the largest size with its key and headers, or for a quarantined record. */
    static final int LARGEST_MESSAGE = 4 * 1024 * 1024;

    /**
     * A thread that stalls for longer is fenced, and its tasks lose their state: Kafka Streams' own 10 s are within reach of a
     * starved machine. As long are readers held back by what a machine left open that was lost for good.
     */
    static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(30);

    private static final int BATCH = 64 * 1024;
    private static final int REQUEST = 8 * 1024 * 1024;
    private static final int SESSION_TIMEOUT_MILLIS = 10_000;

    private StreamsProperties() {}

    static Properties of(EngineConfig config, Failures failures) {
        Properties properties = new Properties();
        clients(properties);
        properties.putAll(config.clients());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
        properties.put(HeldMemory.CONFIG, new HeldMemory(config.cacheBytes()));
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.replication());
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        properties.put(BoundedRocksDb.BYTES, config.rocksDbBytes());
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, ProcessingFailureHandler.class);
        properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, ProductionFailureHandler.class);
        properties.put(Failures.CONFIG, failures);
        // nothing depends on the order between a topic and the one through which its records come back
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        if (config.instanceId() != null) {
            properties.put(
                    StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), config.instanceId());
        }
        return properties;
    }

    private static void clients(Properties properties) {
        properties.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), LARGEST_MESSAGE);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), REQUEST);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH);
        // a transaction's first batch of a partition takes the broker longer than those behind it: they would overtake
        // it, and be refused
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), (int)
                TRANSACTION_TIMEOUT.toMillis());
        // a killed instance's partitions are free after this time
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_TIMEOUT_MILLIS);
        properties.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    }
}
