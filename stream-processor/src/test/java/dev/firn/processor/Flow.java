package dev.firn.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.processor.topology.Events;
import dev.firn.processor.topology.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Activity without a pause: an event every few milliseconds, the two partitions by turns. */
final class Flow {
    private static final long PAUSE_MILLIS = 5;
    private static final int PARTITIONS = 2;

    private final Kafka kafka;
    private final Thread sender = new Thread(this::send, "sender");
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private volatile boolean more = true;

    Flow(Kafka kafka) {
        this.kafka = kafka;
    }

    void start() {
        sender.start();
    }

    private void send() {
        try (KafkaProducer<String, byte[]> producer = kafka.producer()) {
            for (int i = 0; more; i++) {
                byte[] value = kafka.encode(
                        Topics.RAW_ACTIVITY, Events.activity("e" + i, "s" + i / 600, Events.START.plusSeconds(i)));
                sent.add(producer.send(new ProducerRecord<>(Topics.RAW_ACTIVITY, i % PARTITIONS, "s", value)));
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void end() throws InterruptedException {
        more = false;
        sender.join();
    }

    /** Whether silver has a row of each event that was sent, and no other. To be asked after the end. */
    void assertEachOnce() throws ExecutionException, InterruptedException {
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
        assertThat(kafka.rows(Topics.SILVER_ACTIVITY))
                .extracting(row -> row.get("event_id").toString())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, sent.size()).mapToObj(i -> "e" + i).toList());
    }
}
