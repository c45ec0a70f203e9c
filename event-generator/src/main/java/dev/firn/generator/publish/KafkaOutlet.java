package dev.firn.generator.publish;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Into Kafka, acknowledged by all replicas and idempotent. A delivery never times out: an outage is waited for, because a
 * gap in a partition could not be told from the end of what was sent.
 */
public final class KafkaOutlet implements Outlet {
    /** The header that carries the sequence number, 8 bytes, big endian. */
    public static final String SEQUENCE_HEADER = "firn-seq";

    private final Producer<byte[], byte[]> producer;

    public KafkaOutlet(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** A producer of its own.
     *
     * @param properties of Kafka, which may tune it but not weaken its guarantees */
    public static KafkaOutlet connect(Map<String, String> properties) {
        return new KafkaOutlet(ReliableProducer.connect("firn-generator", properties));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback gets the outcome
    public void send(Delivery delivery) {
        var record = new ProducerRecord<>(
                delivery.event().topic().text(),
                delivery.partition(),
                null,
                delivery.key(),
                delivery.value(),
                headers(delivery.event().seq()));
        producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                delivery.acknowledge();
            } else {
                delivery.fail(failure);
            }
        });
    }

    @Override
    public void flush() {
        producer.flush();
    }

    @Override
    public void close(Duration atMost) {
        producer.close(atMost);
    }

    private static List<Header> headers(long seq) {
        byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(seq).array();
        return List.of(new RecordHeader(SEQUENCE_HEADER, value));
    }
}
