package dev.firn.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SinkIT {
    private final TestSink test = new TestSink();

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void shouldHoldGoodRecordsAndQuarantineBadOnesWhenTheyAreMixed() {
        // Given
        String topic = test.topic("events", 1);
        byte[] good = value(topic, 1, "small");
        byte[] large = value(topic, 2, "x".repeat(900_000));
        byte[] random = new byte[200];
        new Random(7).nextBytes(random);
        random[0] = 77;
        byte[] wrongMagic = good.clone();
        wrongMagic[0] = 9;
        byte[] truncated = Arrays.copyOf(large, large.length - 10);
        byte[] trailing = Arrays.copyOf(good, good.length + 3);
        byte[] unknown = ByteBuffer.allocate(20).put((byte) 0).putInt(987_654).array();
        byte[] tooShort = {0, 1};
        List<byte[]> values = new ArrayList<>();
        List<byte[]> bad = Arrays.asList(random, wrongMagic, truncated, trailing, unknown, tooShort, null);
        for (byte[] each : bad) {
            values.add(good);
            values.add(each);
            values.add(large);
        }

        // When
        test.start();
        test.produce(topic, values);
        TableIdentifier table = TableIdentifier.parse(topic);
        test.awaitRows(table, 14);
        test.awaitRows(test.quarantine, 7);

        // Then
        test.requireOnce(table, 14);
        Map<Long, String> reasons = new TreeMap<>();
        Map<Long, ByteBuffer> bytes = new TreeMap<>();
        for (Record row : test.rows(test.quarantine)) {
            assertThat(row.getField("target")).isEqualTo(topic);
            reasons.put((Long) row.getField("offset"), (String) row.getField("reason"));
            if (row.getField("value") != null) {
                bytes.put((Long) row.getField("offset"), (ByteBuffer) row.getField("value"));
            }
        }
        assertThat(reasons.values())
                .containsExactly(
                        "BAD_MAGIC",
                        "BAD_MAGIC",
                        "MALFORMED",
                        "MALFORMED",
                        "UNKNOWN_SCHEMA_ID",
                        "BAD_MAGIC",
                        "NULL_VALUE");
        assertThat(bytes.values())
                .containsExactlyElementsOf(bad.stream()
                        .filter(each -> each != null)
                        .map(ByteBuffer::wrap)
                        .toList());
    }

    @Test
    void shouldHoldEachRecordOnceWhenInstancesComeAndGo() throws InterruptedException {
        // Given
        String topic = test.topic("events", 4);
        TableIdentifier table = TableIdentifier.parse(topic);
        Sink first = test.start(2, Duration.ofMillis(300));
        Thread producing = new Thread(() -> {
            for (int batch = 0; batch < 40; batch++) {
                test.produce(topic, values(topic, batch * 250, 250));
            }
        });
        producing.start();

        // When
        Thread.sleep(2_000);
        Sink second = test.start(1, Duration.ofMillis(300));
        Thread.sleep(5_000);
        first.close();
        Thread.sleep(2_000);
        second.abandon();
        producing.join();
        test.start(1, Duration.ofMillis(300));
        test.awaitRows(table, 10_000);

        // Then
        test.requireOnce(table, 10_000);
    }

    @Test
    void shouldHoldOnlyCommittedRecordsWhenTransactionsAbort() {
        // Given
        String topic = test.topic("events", 1);
        TableIdentifier table = TableIdentifier.parse(topic);
        test.start();

        // When
        try (KafkaProducer<byte[], byte[]> producer = test.producer(Map.of("transactional.id", topic))) {
            producer.initTransactions();
            for (int i = 0; i < 20; i++) {
                producer.beginTransaction();
                for (byte[] value : values(topic, i * 10, 10)) {
                    var unused = producer.send(new ProducerRecord<>(topic, value));
                }
                if (i % 2 == 0) {
                    producer.commitTransaction();
                } else {
                    producer.flush();
                    producer.abortTransaction();
                }
            }
        }
        test.awaitRows(table, 100);

        // Then
        test.requireOnce(table, 100);
        assertThat(test.rows(table)).allMatch(row -> (Long) row.getField("n") / 10 % 2 == 0);
    }

    @Test
    void shouldHoldEachRecordOnceWhenResponsesAreLost() {
        // Given
        String topic = test.topic("events", 2);
        TableIdentifier table = TableIdentifier.parse(topic);
        test.start();

        // When
        for (int i = 0; i < 5; i++) {
            boolean arrives = i % 2 == 0;
            test.catalog.faults.add(commit -> {
                if (arrives) {
                    commit.run();
                }
                throw new IllegalStateException("connection reset, simulated");
            });
            test.produce(topic, values(topic, i * 100, 100));
            test.awaitRows(table, (i + 1) * 100L);
        }

        // Then
        test.requireOnce(table, 500);
    }

    @Test
    void shouldGoOnWhenTheBrokerWasDown() throws Exception {
        // Given
        String topic = test.topic("events", 2);
        TableIdentifier table = TableIdentifier.parse(topic);
        test.start();
        test.produce(topic, values(topic, 0, 1_000));
        test.awaitRows(table, 1);

        // When
        TestSink.STACK.broker().stop();
        Thread.sleep(3_000);
        TestSink.STACK.broker().start();
        test.produce(topic, values(topic, 1_000, 1_000));
        test.awaitRows(table, 2_000);

        // Then
        test.requireOnce(table, 2_000);
    }

    @Test
    void shouldGoOnWhenTheStorageWasDown() throws Exception {
        // Given
        String topic = test.topic("events", 2);
        TableIdentifier table = TableIdentifier.parse(topic);
        test.start();
        test.produce(topic, values(topic, 0, 1_000));
        test.awaitRows(table, 1);

        // When
        TestSink.STACK.s3().stop();
        test.produce(topic, values(topic, 1_000, 1_000));
        Thread.sleep(4_000);
        TestSink.STACK.s3().start();
        test.awaitRows(table, 2_000);

        // Then
        test.requireOnce(table, 2_000);
    }

    @Test
    void shouldRepeatNoRejectWhenTheProcessDiesBetweenQuarantineAndTable() throws InterruptedException {
        // Given: the table is there, the lane has shut others out of it, and its next commit never comes through
        String topic = test.topic("events", 1);
        TableIdentifier table = TableIdentifier.parse(topic);
        Sink first = test.start();
        test.produce(topic, values(topic, 0, 10));
        test.produce(topic, List.of(new byte[] {6}));
        test.awaitRows(table, 10);
        test.awaitRows(test.quarantine, 1);
        test.catalog.refuse(table);
        List<byte[]> mixed = new ArrayList<>(values(topic, 10, 10));
        mixed.add(3, new byte[] {9, 9, 9});
        mixed.add(7, new byte[] {8});
        test.produce(topic, mixed);
        test.awaitRows(test.quarantine, 3);

        // When
        first.abandon();
        test.catalog.allow(table);
        test.produce(topic, List.of(new byte[] {7}));
        test.start();
        test.awaitRows(table, 20);
        test.awaitRows(test.quarantine, 4);

        // Then
        test.requireOnce(table, 20);
        assertThat(test.rows(test.quarantine).stream().map(row -> row.getField("offset")))
                .containsExactlyInAnyOrder(10L, 14L, 18L, 23L);
    }

    @Test
    void shouldTakeUpATopicWhenItAppearsLater() {
        // Given
        test.start();
        String topic = test.topic("later", 3);

        // When
        test.produce(topic, values(topic, 0, 50));
        test.awaitRows(TableIdentifier.parse(topic), 50);

        // Then
        test.requireOnce(TableIdentifier.parse(topic), 50);
    }

    private List<byte[]> values(String topic, int from, int count) {
        return Events.values(test.registry, topic, from, count);
    }

    private byte[] value(String topic, long n, String text) {
        return Events.value(test.registry, topic, n, text);
    }
}
