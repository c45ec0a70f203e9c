package dev.firn.processor.run;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Clients for one Kafka Streams instance, of which the one that fills the global stores tells how far they are: who polls
 * has applied all that was polled before. Its position passes the marks of transactions, too, which no record tells of.
 * Those that read what is processed hand out only records whose schemas are known.
 */
final class AppliedPositions implements KafkaClientSupplier {
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final SchemasAhead schemas;

    AppliedPositions(SchemasAhead schemas) {
        this.schemas = schemas;
    }

    /** The next offset to be applied to a global store; 0 if nothing is known. Any thread. */
    long of(TopicPartition partition) {
        return positions.getOrDefault(partition, 0L);
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()) {
            @Override
            public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                ConsumerRecords<byte[], byte[]> polled = super.poll(timeout);
                ConsumerRecords<byte[], byte[]> ready = schemas.of(polled, this::seek);
                if (ready.isEmpty() && !polled.isEmpty()) {
                    // what was left is there again at once
                    LockSupport.parkNanos(timeout.toNanos());
                }
                return ready;
            }
        };
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()) {
            @Override
            public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                assignment().forEach(partition -> noteApplied(this, partition));
                return super.poll(timeout);
            }
        };
    }

    private void noteApplied(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
        try {
            positions.put(partition, consumer.position(partition, Duration.ZERO));
        } catch (TimeoutException e) {
            // its leader changes: it is where it was
        }
    }
}
