package dev.firn.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.firn.futuremobility.raw.Activity;
import dev.firn.ops.Quarantine;
import dev.firn.quarantine.Replay;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineTopologyTest {
    @TempDir
    private Path dir;

    private Fixture firn;

    @BeforeEach
    void start() {
        firn = new Fixture(dir);
    }

    @AfterEach
    void stop() {
        firn.close();
    }

    private byte[] good(String id) {
        return firn.encode(Topics.RAW_ACTIVITY, Events.activity(id, "s1", Events.START));
    }

    @Test
    void shouldQuarantineEachKindOfBadRecordAndKeepTheGoodOnesBetween() {
        // Given
        byte[] good = good("bad");
        byte[] magic = good.clone();
        magic[0] = 7;
        byte[] unknown = good.clone();
        unknown[1] = 77;
        byte[] cut = Arrays.copyOf(good, good.length - 3);
        byte[] trailing = Arrays.copyOf(good, good.length + 2);
        Schema other = SchemaBuilder.record("Other").fields().requiredInt("n").endRecord();
        byte[] foreign = {0, 0, 0, 0, (byte) firn.registry.register("x", other), 2};
        Map<String, byte[]> bad = new LinkedHashMap<>();
        bad.put("BAD_MAGIC", magic);
        bad.put("UNKNOWN_SCHEMA_ID", unknown);
        bad.put("MALFORMED", cut);
        bad.put("MALFORMED ", trailing);
        bad.put("INCOMPATIBLE_SCHEMA", foreign);
        bad.put("BAD_MAGIC ", new byte[] {0, 1});

        // When
        int n = 0;
        for (byte[] value : bad.values()) {
            firn.sendBytes(Topics.RAW_ACTIVITY, "k", value);
            firn.sendBytes(Topics.RAW_ACTIVITY, "s1", good("e" + n++));
        }

        // Then
        assertThat(firn.rows(Topics.SILVER_ACTIVITY)).hasSize(bad.size());
        Map<String, byte[]> found = new HashMap<>();
        Map<Long, String> reasons = new LinkedHashMap<>();
        for (Quarantine row : firn.quarantined()) {
            reasons.put(row.getOffset(), row.getReason());
            found.put(row.getReason() + row.getOffset(), row.getValue().array());
        }
        assertThat(reasons.values())
                .containsExactlyElementsOf(
                        bad.keySet().stream().map(String::strip).toList());
        assertThat(reasons.keySet()).containsExactly(0L, 2L, 4L, 6L, 8L, 10L);
        assertThat(found.get("MALFORMED4")).isEqualTo(cut);
    }

    @Test
    void shouldKeepKeyHeadersAndCoordinatesWhenTheValueIsNull() {
        // Given
        RecordHeaders headers = new RecordHeaders();
        headers.add("trace", new byte[] {1, 2});

        // When
        firn.driver
                .createInputTopic(Topics.RAW_ACTIVITY, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>("k".getBytes(StandardCharsets.UTF_8), null, headers, Fixture.WALL));

        // Then
        assertThat(firn.quarantined()).singleElement().satisfies(row -> {
            assertThat(row.getReason()).isEqualTo("NULL_VALUE");
            assertThat(row.getStage()).isEqualTo("decode");
            assertThat(row.getTarget()).isEqualTo(Topics.SILVER_ACTIVITY);
            assertThat(row.getTimestamp()).isEqualTo(Fixture.WALL);
            assertThat(row.getKey()).isEqualTo(ByteBuffer.wrap("k".getBytes(StandardCharsets.UTF_8)));
            assertThat(row.getValue()).isNull();
            assertThat(row.getSchemaId()).isNull();
            assertThat(row.getHeaders()).singleElement().satisfies(header -> {
                assertThat(header.getKey()).isEqualTo("trace");
                assertThat(header.getValue().array()).containsExactly(1, 2);
            });
        });
    }

    @Test
    void shouldReportAllFailingRulesAndNoValues() {
        // Given
        Activity event = Events.activity("e1", " ", Events.START);
        event.getLocation().setCountry("Germany");
        event.getEngagement().setScrollPercent(101);
        event.getUser().setEmail("nobody");

        // When
        firn.send(Topics.RAW_ACTIVITY, "k", event);

        // Then
        assertThat(firn.quarantined()).singleElement().satisfies(row -> {
            assertThat(row.getReason()).isEqualTo("RULE_FAILED");
            assertThat(row.getStage()).isEqualTo("contract");
            assertThat(row.getField()).isEqualTo("session.id");
            assertThat(row.getDetail())
                    .isEqualTo("session.id not-blank; user.email email; location.country matches(^[A-Z]{2}$);"
                            + " engagement.scroll_percent range(0, 100)");
        });
        assertThat(firn.rows(Topics.SILVER_ACTIVITY)).isEmpty();
    }

    @Test
    void shouldQuarantineEntitiesForTheirDimension() {
        // Given
        var customer = Events.customer("C1");
        customer.setLoyaltyTier("tin");

        // When
        firn.send(Topics.RAW_CUSTOMERS, "C1", customer);

        // Then
        assertThat(firn.quarantined())
                .extracting(Quarantine::getTarget, Quarantine::getReason)
                .containsExactly(tuple(Topics.DIM_CUSTOMER, "RULE_FAILED"));
    }

    @Test
    void shouldQuarantineRowThatIsTooLargeAndKeepTheOthers() {
        // Given
        Activity event = Events.activity("e1", "s1", Events.START);
        event.getPage().setUrl("x".repeat(2_100_000));
        byte[] large = firn.encode(Topics.RAW_ACTIVITY, event);

        // When
        firn.sendBytes(Topics.RAW_ACTIVITY, "s1", good("e0"));
        firn.sendBytes(Topics.RAW_ACTIVITY, "s1", large);
        firn.sendBytes(Topics.RAW_ACTIVITY, "s1", good("e2"));

        // Then
        assertThat(firn.quarantined()).singleElement().satisfies(row -> {
            assertThat(row.getReason()).isEqualTo("PRODUCTION_FAILED");
            assertThat(row.getDetail()).endsWith("bytes, 4000000 are allowed");
            assertIsSecondOfActivity(row, large);
        });
        assertThat(firn.rows(Topics.SILVER_ACTIVITY))
                .extracting(row -> row.get("event_id").toString())
                .containsExactly("e0", "e2");
    }

    @Test
    void shouldSayWhereARecordIsThatIsTooLargeForQuarantine() {
        // Given
        byte[] large = new byte[5_000_000];
        large[0] = 7;

        // When
        firn.sendBytes(Topics.RAW_ACTIVITY, "s1", large);

        // Then
        assertThat(firn.quarantined()).singleElement().satisfies(row -> {
            assertThat(row.getReason()).isEqualTo("BAD_MAGIC");
            assertThat(row.getDetail()).endsWith("it is where it came from");
            assertThat(row.getValue()).isNull();
            assertThat(row.getKey()).isEqualTo(ByteBuffer.wrap("s1".getBytes(StandardCharsets.UTF_8)));
            assertThat(row.getSourceTopic()).isEqualTo(Topics.RAW_ACTIVITY);
        });
    }

    @Test
    void shouldQuarantineRecordThatAProcessorFailsOnAndKeepTheOthers() {
        // Given
        byte[] unreadable = {5};
        firn.sendBytes(Topics.CUSTOMERS, "SPOILT", unreadable);
        Activity event = Events.activity("e1", "s1", Events.START);
        event.getUser().setCustomerId("SPOILT");
        byte[] failing = firn.encode(Topics.RAW_ACTIVITY, event);

        // When
        firn.sendBytes(Topics.RAW_ACTIVITY, "s1", good("e0"));
        firn.sendBytes(Topics.RAW_ACTIVITY, "s1", failing);
        firn.sendBytes(Topics.RAW_ACTIVITY, "s1", good("e2"));

        // Then
        assertThat(firn.quarantined()).singleElement().satisfies(row -> {
            assertThat(row.getReason()).isEqualTo("PROCESSING_FAILED");
            assertThat(row.getDetail()).isEqualTo("IllegalArgumentException in activity-enrich");
            assertIsSecondOfActivity(row, failing);
        });
        assertThat(firn.rows(Topics.SILVER_ACTIVITY))
                .extracting(row -> row.get("event_id").toString())
                .containsExactly("e0", "e2");
    }

    @Test
    void shouldTakeARecordThatFailedFurtherDownWhenItComesBack() {
        // Given
        byte[] unreadable = {5};
        firn.sendBytes(Topics.CUSTOMERS, "SPOILT", unreadable);
        Activity event = Events.activity("e1", "s1", Events.START);
        event.getUser().setCustomerId("SPOILT");
        byte[] failing = firn.encode(Topics.RAW_ACTIVITY, event);
        firn.sendBytes(Topics.RAW_ACTIVITY, "s1", failing);
        event.getUser().setCustomerId("C1");

        // When
        firn.sendBytes(Replay.processorTopic(Topics.RAW_ACTIVITY), "s1", firn.encode(Topics.RAW_ACTIVITY, event));
        firn.sendBytes(Replay.processorTopic(Topics.RAW_ACTIVITY), "s1", firn.encode(Topics.RAW_ACTIVITY, event));

        // Then
        assertThat(firn.rows(Topics.SILVER_ACTIVITY))
                .extracting(row -> row.get("event_id").toString())
                .containsExactly("e1");
        assertThat(firn.quarantined()).hasSize(1);
    }

    @Test
    void shouldRememberNothingOfARecordWhoseRowIsTooLarge() {
        // Given
        Activity event = Events.activity("e1", "s1", Events.START.plus(Duration.ofDays(1)));
        event.getPage().setUrl("x".repeat(2_100_000));
        firn.send(Topics.RAW_ACTIVITY, "s1", event);

        // When
        firn.sendBytes(Topics.RAW_ACTIVITY, "s1", good("e1"));

        // Then
        assertThat(firn.rows(Topics.SILVER_ACTIVITY))
                .extracting(row -> row.get("event_id") + " " + row.get("is_late"))
                .containsExactly("e1 false");
    }

    private static void assertIsSecondOfActivity(Quarantine row, byte[] value) {
        assertThat(row.getStage()).isEqualTo("process");
        assertThat(row.getTarget()).isEqualTo(Topics.SILVER_ACTIVITY);
        assertThat(row.getSourceTopic()).isEqualTo(Topics.RAW_ACTIVITY);
        assertThat(row.getPartition()).isZero();
        assertThat(row.getOffset()).isEqualTo(1);
        assertThat(row.getTimestamp()).isEqualTo(Fixture.WALL);
        assertThat(row.getKey()).isEqualTo(ByteBuffer.wrap("s1".getBytes(StandardCharsets.UTF_8)));
        assertThat(row.getValue()).isEqualTo(ByteBuffer.wrap(value));
    }

    @Test
    void shouldWaitWhenTheRegistryIsOutOfOrder() {
        // Given
        firn.registry.failNext(3);

        // When
        firn.sendBytes(Topics.RAW_ACTIVITY, "s1", good("e1"));

        // Then
        assertThat(firn.rows(Topics.SILVER_ACTIVITY)).hasSize(1);
        assertThat(firn.quarantined()).isEmpty();
    }
}
