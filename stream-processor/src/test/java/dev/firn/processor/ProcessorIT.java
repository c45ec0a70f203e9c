package dev.firn.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firn.embedded.EmbeddedStack;
import dev.firn.futuremobility.raw.Activity;
import dev.firn.ops.Quarantine;
import dev.firn.processor.pack.Decimals;
import dev.firn.processor.topology.Events;
import dev.firn.processor.topology.Topics;
import dev.firn.serde.AvroDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service on a real broker and registry, killed in the middle of good and bad records. */
class ProcessorIT {
    private static final Kafka KAFKA = new Kafka(
            EmbeddedStack.shared().bootstrapServers(), EmbeddedStack.shared().registryUrl());
    private static final int EVENTS = 6_000;
    private static final long SEED = 11;
    private static final String SPOILT_CUSTOMER = "C-SPOILT";

    @TempDir
    private Path dir;

    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private final Map<String, byte[]> bad = new TreeMap<>();
    private final Map<String, String> reasons = new TreeMap<>();
    private final Map<String, Future<RecordMetadata>> places = new TreeMap<>();

    @BeforeAll
    static void createRawTopics() throws Exception {
        KAFKA.createRawTopics(2);
    }

    @Test
    void shouldLoseAndDoubleNothingWhenKilledInTheMiddle() throws Exception {
        // Given
        System.out.println("seed=" + SEED);
        produceEntities();
        long sum = produceHalf(0);

        // When
        try (ServiceProcess first = ServiceProcess.start(dir.resolve("1.log"), KAFKA.environment(dir))) {
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> KAFKA.read(Topics.SILVER_ACTIVITY).size() > EVENTS / 10);
            first.kill();
        }
        sum += produceHalf(1);
        try (ServiceProcess second = ServiceProcess.start(dir.resolve("2.log"), KAFKA.environment(dir))) {
            second.awaitDrained();
            assertThat(second.get("/health")).contains("\"status\":\"UP\"");
            assertThat(second.get("/topology.svg")).startsWith("<svg");
            assertThat(second.get("/prometheus")).contains("firn_processor_lag", "kafka_stream");
            assertThat(second.stop()).isEqualTo(143);
        }

        // Then
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
        assertActivity();
        assertTransactions(sum);
        assertThat(newest("gold.customer_segments", "total_spent")).isEqualTo(sum);
        assertThat(newest("gold.monthly_summary", "total_sales")).isEqualTo(sum);
        assertQuarantine();
    }

    private void assertActivity() {
        List<String> ids = KAFKA.rows(Topics.SILVER_ACTIVITY).stream()
                .map(row -> row.get("event_id").toString())
                .toList();
        assertThat(ids).doesNotHaveDuplicates().hasSize(2 * EVENTS);
        assertThat(KAFKA.rows(Topics.SILVER_ACTIVITY))
                .allSatisfy(row -> assertThat(row.get("customer_tier")).hasToString("gold"));
        // two partitions, of which both hold each minute: those are closed that lie before both watermarks
        long inMinutes = KAFKA.rows(Topics.GOLD_MINUTES).stream()
                .mapToLong(row -> (Long) row.get("events"))
                .sum();
        assertThat(inMinutes).isEqualTo((long) ((2 * EVENTS - 1) / 60 - 5) * 60);
        assertThat(KAFKA.rows(Topics.GOLD_MINUTES).stream()
                        .map(row -> row.get("window_start"))
                        .toList())
                .doesNotHaveDuplicates();
        // half of each session is in each partition, and sessions are a partition's own
        List<GenericRecord> sessions = KAFKA.rows(Topics.GOLD_SESSIONS);
        assertThat(sessions).hasSize(2 * ((2 * EVENTS - 35 * 60) / 600));
        assertThat(sessions).allSatisfy(row -> assertThat(row.get("events")).isEqualTo(300L));
        assertThat(sessions.stream()
                        .map(row -> row.get("session_id") + " " + row.get("started_at"))
                        .toList())
                .doesNotHaveDuplicates();
    }

    private void assertTransactions(long cents) {
        List<GenericRecord> facts = KAFKA.rows(Topics.SILVER_TRANSACTIONS);
        assertThat(facts.stream()
                        .map(row -> row.get("transaction_id").toString())
                        .toList())
                .doesNotHaveDuplicates()
                .hasSize(200);
        long sum = facts.stream()
                .map(row -> Decimals.of(row.get("amount_usd"), 2))
                .mapToLong(amount -> amount.unscaledValue().longValueExact())
                .sum();
        assertThat(sum).isEqualTo(cents);
    }

    /** Cents of the only entity's newest row. */
    private static long newest(String table, String column) {
        List<GenericRecord> versions = KAFKA.rows(table);
        return Decimals.of(versions.get(versions.size() - 1).get(column), 2)
                .unscaledValue()
                .longValueExact();
    }

    private void assertQuarantine() throws Exception {
        AvroDecoder<Quarantine> decoder = AvroDecoder.specific(KAFKA.registry(), Quarantine.class);
        Map<String, byte[]> found = new TreeMap<>();
        Map<String, String> why = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : KAFKA.read(Topics.QUARANTINE)) {
            Quarantine row = decoder.decode(record.value());
            String key = new String(row.getKey().array(), StandardCharsets.UTF_8);
            assertThat(found.put(
                            key,
                            row.getValue() == null
                                    ? new byte[0]
                                    : row.getValue().array()))
                    .isNull();
            why.put(key, row.getReason());
            RecordMetadata place = Objects.requireNonNull(places.get(key), key).get();
            assertThat(row.getPartition()).isEqualTo(place.partition());
            assertThat(row.getOffset()).isEqualTo(place.offset());
        }
        assertThat(why).isEqualTo(reasons);
        found.forEach((key, value) -> assertThat(value).isEqualTo(bad.get(key)));
    }

    private void produceEntities() {
        try (KafkaProducer<String, byte[]> producer = KAFKA.producer()) {
            send(producer, Topics.RAW_CUSTOMERS, "C1", KAFKA.encode(Topics.RAW_CUSTOMERS, Events.customer("C1")));
            send(producer, Topics.RAW_PRODUCTS, "P1", KAFKA.encode(Topics.RAW_PRODUCTS, Events.product("P1")));
            send(
                    producer,
                    Topics.RAW_FX_RATES,
                    "EURUSD",
                    KAFKA.encode(Topics.RAW_FX_RATES, Events.rate("EUR", "2.00000000", Events.START)));
            send(
                    producer,
                    Topics.RAW_FISCAL_CALENDAR,
                    "2026-01-01",
                    KAFKA.encode(Topics.RAW_FISCAL_CALENDAR, Events.day(Events.START, 2025, 4, 12, 48)));
        }
        // so that each event finds its customer: references of activity are not waited for
        try (ServiceProcess entities = start()) {
            entities.awaitDrained();
            spoilCustomer();
            entities.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What no processor of ours writes, and none can read: whoever looks it up fails. */
    private void spoilCustomer() {
        try (KafkaProducer<String, byte[]> producer = KAFKA.producer()) {
            send(producer, Topics.CUSTOMERS, SPOILT_CUSTOMER, new byte[] {5});
        }
    }

    private ServiceProcess start() {
        try {
            return ServiceProcess.start(dir.resolve("0.log"), KAFKA.environment(dir));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An event each second, ten minutes to a session, the partitions by turns; every so often something else. */
    private long produceHalf(int half) {
        Random random = new Random(SEED + half);
        long cents = 0;
        try (KafkaProducer<String, byte[]> producer = KAFKA.producer()) {
            for (int i = half * EVENTS; i < (half + 1) * EVENTS; i++) {
                Instant time = Events.START.plusSeconds(i);
                byte[] value = KAFKA.encode(Topics.RAW_ACTIVITY, Events.activity("e" + i, "s" + i / 600, time));
                send(producer, new ProducerRecord<>(Topics.RAW_ACTIVITY, i % 2, "s", value));
                if (random.nextInt(50) == 0) {
                    // at once, and therefore within the horizon
                    send(producer, new ProducerRecord<>(Topics.RAW_ACTIVITY, i % 2, "s", value));
                }
                if (i % 100 == 0 && i >= 600) {
                    sendBad(producer, "bad-" + i, value, i / 100);
                }
                if (i % 60 == 0) {
                    long amount = random.nextInt(1_000_000);
                    cents += 2 * amount;
                    send(
                            producer,
                            Topics.RAW_TRANSACTIONS,
                            "C1",
                            KAFKA.encode(
                                    Topics.RAW_TRANSACTIONS,
                                    Events.transaction(
                                            "t" + i,
                                            BigDecimal.valueOf(amount, 2).toPlainString(),
                                            "EUR",
                                            time)));
                }
            }
        }
        return cents;
    }

    /** The first of each kind comes after ten minutes of events, so that those of the beginning are late. */
    private void sendBad(KafkaProducer<String, byte[]> producer, String key, byte[] good, int kind) {
        byte[] value = good.clone();
        String reason = switch (kind % 7) {
            case 0 -> {
                value[0] = 1;
                yield "BAD_MAGIC";
            }
            case 1 -> {
                value[1] = 111;
                yield "UNKNOWN_SCHEMA_ID";
            }
            case 2 -> {
                value = Arrays.copyOf(value, value.length / 2);
                yield "MALFORMED";
            }
            case 3 -> {
                value = KAFKA.encode(Topics.RAW_ACTIVITY, Events.activity(key, " ".repeat(900_000), Events.START));
                yield "RULE_FAILED";
            }
            case 4 -> {
                // as valid as any, but each character takes six in the row's document
                Activity large = Events.activity(key, "s", Events.START);
                large.getPage().setUrl("\u0001".repeat(700_000));
                value = KAFKA.encode(Topics.RAW_ACTIVITY, large);
                yield "PRODUCTION_FAILED";
            }
            case 5 -> {
                Activity spoilt = Events.activity(key, "s", Events.START);
                spoilt.getUser().setCustomerId(SPOILT_CUSTOMER);
                value = KAFKA.encode(Topics.RAW_ACTIVITY, spoilt);
                yield "PROCESSING_FAILED";
            }
            default -> "NULL_VALUE";
        };
        bad.put(key, reason.equals("NULL_VALUE") ? new byte[0] : value);
        reasons.put(key, reason);
        send(producer, Topics.RAW_ACTIVITY, key, reason.equals("NULL_VALUE") ? null : value);
        places.put(key, sent.get(sent.size() - 1));
    }

    private void send(KafkaProducer<String, byte[]> producer, String topic, String key, byte @Nullable [] value) {
        send(producer, new ProducerRecord<>(topic, key, value));
    }

    private void send(KafkaProducer<String, byte[]> producer, ProducerRecord<String, byte[]> record) {
        sent.add(producer.send(record));
    }
}
