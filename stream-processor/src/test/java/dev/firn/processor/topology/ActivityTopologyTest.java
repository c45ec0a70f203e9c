package dev.firn.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.Contracts;
import dev.firn.futuremobility.raw.Activity;
import dev.firn.processor.mask.PiiKey;
import dev.firn.processor.pack.Decimals;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivityTopologyTest {
    private static final Instant T = Events.START;

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

    private void send(Activity event) {
        firn.send(Topics.RAW_ACTIVITY, event.getSession().getId(), event);
    }

    private List<String> silverIds() {
        return firn.rows(Topics.SILVER_ACTIVITY).stream()
                .map(row -> row.get("event_id").toString())
                .toList();
    }

    @Test
    void shouldFlattenMaskAndEnrichWhenCustomerAndProductAreKnown() {
        // Given
        firn.send(Topics.RAW_CUSTOMERS, "C1", Events.customer("C1"));
        firn.send(Topics.RAW_PRODUCTS, "P1", Events.product("P1"));

        // When
        send(Events.purchase("e1", "s1", T, "19.90", "EUR"));

        // Then
        GenericRecord row = firn.rows(Topics.SILVER_ACTIVITY).get(0);
        assertThat(row.get("session_id")).hasToString("s1");
        assertThat(row.get("location_ip")).hasToString("***.***.*.**");
        assertThat(row.get("user_email").toString()).hasSize(64).doesNotContain("@");
        assertThat(Decimals.of(row.get("product_price"), 2)).isEqualByComparingTo("19.90");
        assertThat(row.get("customer_tier")).hasToString("gold");
        assertThat(row.get("customer_country")).hasToString("DE");
        assertThat(row.get("product_family")).hasToString("cars");
        assertThat(row.get("is_late")).isEqualTo(false);
        assertThat((List<?>) row.get("_warnings")).isEmpty();
        assertThat(row.get("_pii_key")).hasToString(new PiiKey("secret").id());
        assertThat(row.get("_doc").toString())
                .startsWith("{\"event_id\":\"e1\",\"event_type\":\"purchase\","
                        + "\"event_time\":\"2026-01-01T00:00:00.000000Z\",\"session\":{\"id\":\"s1\"")
                .contains("\"raw\":\"Mozilla/5.0 \\\"x\\\"\"", "\"title\":\"Grün\\u000a1\"", "\"ip\":\"***.***.*.**\"")
                .contains("\"product\":{\"product_id\":\"P1\",\"price\":19.90,\"currency\":\"EUR\"}")
                .endsWith("\"experiments\":{\"checkout\":\"b\"},\"tags\":[\"new\",\"eu\"]}")
                .doesNotContain("ada@example.com", "192.168");
    }

    @Test
    void shouldMarkRowWhenARuleOfItsSchemaOnlyWarns() {
        // Given
        Schema writer = new Schema.Parser()
                .parse(Contracts.schema(Topics.RAW_ACTIVITY)
                        .toString()
                        .replace("\"unique(1h)\"", "\"unique(1h)\",\"warn: length(3, 40)\""));
        byte[] event = firn.encode(Topics.RAW_ACTIVITY, Events.activity("e1", "s1", T));
        event[4] = (byte) firn.registry.register("stricter", writer);

        // When
        firn.sendBytes(Topics.RAW_ACTIVITY, "s1", event);

        // Then
        assertThat(firn.rows(Topics.SILVER_ACTIVITY))
                .extracting(row -> row.get("_warnings").toString())
                .containsExactly("[event_id warn: length(3, 40)]");
    }

    @Test
    void shouldDropEventWhenItsIdWasSeenWithinTheHour() {
        // Given
        send(Events.activity("e1", "s1", T));
        send(Events.activity("e2", "s1", T.plus(Duration.ofHours(1))));

        // When
        send(Events.activity("e1", "s1", T));
        send(Events.activity("e3", "s1", T.plus(Duration.ofHours(1)).plusMillis(1)));
        send(Events.activity("e1", "s1", T));

        // Then
        assertThat(silverIds()).containsExactly("e1", "e2", "e3", "e1");
        assertThat(firn.meters
                        .counter("firn.processor.duplicates", "topic", Topics.RAW_ACTIVITY)
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldBeLateOnlyPastTheGrace() {
        // Given
        send(Events.activity("e1", "s1", T));

        // When
        send(Events.activity("e2", "s1", T.minus(Duration.ofMinutes(5))));
        send(Events.activity("e3", "s1", T.minus(Duration.ofMinutes(5)).minusNanos(1000)));

        // Then
        assertThat(firn.rows(Topics.SILVER_ACTIVITY))
                .extracting(row -> row.get("is_late"))
                .containsExactly(false, false, true);
    }

    @Test
    void shouldEmitSessionExactlyWhenTheWatermarkPassesItsGap() {
        // Given
        send(Events.activity("e2", "s1", T.plusSeconds(60)));
        send(Events.purchase("e1", "s1", T, "19.90", "EUR"));
        send(Events.purchase("e3", "s1", T.plusSeconds(90), "0.10", "USD"));
        Instant closes = T.plusSeconds(90).plus(Duration.ofMinutes(35));

        // When
        send(Events.activity("x1", "s2", closes));
        List<GenericRecord> before = firn.rows(Topics.GOLD_SESSIONS);
        send(Events.activity("x2", "s2", closes.plusNanos(1000)));
        List<GenericRecord> after = firn.rows(Topics.GOLD_SESSIONS);

        // Then
        assertThat(before).isEmpty();
        assertThat(after).hasSize(1);
        GenericRecord session = after.get(0);
        assertThat(Map.of("events", session.get("events"), "pages", session.get("pages")))
                .isEqualTo(Map.of("events", 3L, "pages", 1L));
        assertThat(session.get("started_at")).isEqualTo(micros(T));
        assertThat(session.get("duration_ms")).isEqualTo(90_000L);
        assertThat(session.get("customer_id")).hasToString("C1");
        assertThat(Decimals.of(session.get("revenue"), 2)).isEqualTo(new BigDecimal("20.00"));
        assertThat(session.get("currency")).hasToString("EUR");
        assertThat(session.get("converted")).isEqualTo(true);
        assertThat(session.get("bounce")).isEqualTo(false);
    }

    @Test
    void shouldBridgeTwoOpenSessionsWhenAnEventComesBetween() {
        // Given
        send(Events.activity("e1", "s1", T));
        send(Events.activity("e3", "s1", T.plus(Duration.ofMinutes(34))));

        // When
        send(Events.activity("e2", "s1", T.plus(Duration.ofMinutes(30))));
        send(Events.activity("x", "s2", T.plus(Duration.ofHours(3))));

        // Then
        assertThat(firn.rows(Topics.GOLD_SESSIONS))
                .singleElement()
                .satisfies(session -> assertThat(session.get("events")).isEqualTo(3L));
    }

    @Test
    void shouldKeepSessionsApartWhenTheirDistanceIsPastTheGap() {
        // Given
        send(Events.activity("e1", "s1", T));
        send(Events.activity("e2", "s1", T.plus(Duration.ofMinutes(30)).plusNanos(1000)));

        // When
        send(Events.activity("x", "s2", T.plus(Duration.ofHours(3))));

        // Then
        assertThat(firn.rows(Topics.GOLD_SESSIONS))
                .extracting(session -> session.get("events"))
                .containsExactly(1L, 1L);
    }

    @Test
    void shouldEmitMinuteOnceWhenTheWatermarkReachesItsEnd() {
        // Given
        send(Events.activity("e1", "s1", T));
        Activity slow = Events.activity("e2", "s1", T.plusSeconds(59));
        slow.getEngagement().setDwellMs(5000);
        send(slow);
        send(Events.activity("e3", "s2", T.plusSeconds(30)));
        Activity elsewhere = Events.activity("e4", "s3", T.plusSeconds(31));
        elsewhere.getLocation().setCountry("FR");
        send(elsewhere);

        // When
        send(Events.activity("x1", "s4", T.plusSeconds(60 + 300).minusNanos(1000)));
        List<GenericRecord> before = firn.rows(Topics.GOLD_MINUTES);
        send(Events.activity("x2", "s4", T.plusSeconds(60 + 300)));
        List<GenericRecord> after = firn.rows(Topics.GOLD_MINUTES);

        // Then
        assertThat(before).isEmpty();
        assertThat(after)
                .extracting(row -> row.get("country").toString()
                        + row.get("events")
                        + row.get("sessions")
                        + row.get("dwell_p50_ms")
                        + row.get("dwell_p99_ms"))
                .containsExactly("DE3210005000", "FR1110001000");
    }

    @Test
    void shouldLeaveLateEventsOutOfGold() {
        // Given
        send(Events.activity("e1", "s1", T.plus(Duration.ofHours(1))));

        // When
        send(Events.activity("late", "s2", T));
        send(Events.activity("x", "s1", T.plus(Duration.ofHours(3))));

        // Then
        assertThat(silverIds()).containsExactly("e1", "late", "x");
        assertThat(firn.rows(Topics.GOLD_SESSIONS))
                .extracting(row -> row.get("session_id").toString())
                .containsExactly("s1");
        assertThat(firn.rows(Topics.GOLD_MINUTES))
                .extracting(row -> row.get("window_start"))
                .containsExactly(micros(T.plus(Duration.ofHours(1))));
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000;
    }
}
