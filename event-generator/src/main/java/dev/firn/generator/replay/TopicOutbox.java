package dev.firn.generator.replay;

import dev.firn.generator.publish.PublishException;
import dev.firn.generator.publish.ReliableProducer;
import dev.firn.registry.SchemaRegistry;
import dev.firn.serde.AvroSerializer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Into a topic of Kafka, in the Confluent wire format, by an idempotent producer. The key decides the partition. */
public final class TopicOutbox implements Outbox {
    private static final Duration LAST_DELIVERIES = Duration.ofSeconds(5);

    private final String topic;
    private final Producer<byte[], byte[]> producer;
    private final AvroSerializer<GenericRecord> serializer;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    private TopicOutbox(String topic, Producer<byte[], byte[]> producer, SchemaRegistry registry) {
        this.topic = topic;
        this.producer = producer;
        this.serializer = new AvroSerializer<>(registry);
    }

    /** With a producer of its own.
     *
     * @param kafka properties for it */
    public static TopicOutbox connect(String topic, Map<String, String> kafka, SchemaRegistry registry) {
        return new TopicOutbox(topic, ReliableProducer.connect("firn-replay", kafka), registry);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback gets the outcome
    public void send(byte @Nullable [] key, GenericRecord record) {
        check();
        byte[] value = serializer.serialize(topic, record);
        producer.send(new ProducerRecord<>(topic, key, value), (metadata, refused) -> {
            if (refused == null) {
                acknowledged.incrementAndGet();
            } else {
                failure.compareAndSet(null, refused);
            }
        });
    }

    @Override
    public void flush() {
        producer.flush();
        check();
    }

    @Override
    public long acknowledged() {
        return acknowledged.get();
    }

    @Override
    public void close() {
        producer.close(LAST_DELIVERIES);
    }

    private void check() {
        Exception refused = failure.get();
        if (refused != null) {
            throw new PublishException("Kafka refuses a record of " + topic + ": " + refused.getMessage(), refused);
        }
    }
}
