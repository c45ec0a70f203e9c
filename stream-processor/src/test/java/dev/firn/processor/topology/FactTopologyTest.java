package dev.firn.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.futuremobility.raw.ChargingSession;
import dev.firn.ops.Quarantine;
import dev.firn.processor.RowText;
import dev.firn.processor.pack.Decimals;
import dev.firn.processor.wait.WaitFront;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactTopologyTest {
    private static final Instant T = Events.START.plus(Duration.ofHours(10));

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

    private void charge(ChargingSession session) {
        firn.send(Topics.RAW_CHARGING, session.getStationId(), session);
    }

    private static ChargingSession session(String id, Instant end) {
        return Fleet.charging(id, end.minus(Duration.ofMinutes(30)), end, 20);
    }

    @Test
    void shouldQuarantineARecordThatFailsFurtherDownAfterItHasWaited() {
        // Given
        Instant end = Events.START.plus(Duration.ofMinutes(30));
        firn.send(Topics.RAW_CHARGING, "S1", Fleet.charging("c1", Events.START, end, 20.0));
        Fleet.sendReferences(firn);

        // When
        firn.sendBytes(Topics.STATIONS, "S1", new byte[] {5});
        firn.driver.advanceWallClockTime(Duration.ofSeconds(1));

        // Then
        assertThat(firn.rows(Topics.SILVER_CHARGING)).isEmpty();
        assertThat(firn.quarantined()).singleElement().satisfies(row -> {
            assertThat(row.getReason()).isEqualTo("PROCESSING_FAILED");
            assertThat(row.getDetail()).isEqualTo("IllegalArgumentException in charging-extend");
            assertThat(row.getSourceTopic()).isEqualTo(Topics.RAW_CHARGING);
        });
    }

    @Test
    void shouldNotQuarantineARecordWhoseRowWasSentWhenGoldFails() {
        // Given
        Fleet.sendReferences(firn);
        byte[] vehicle = Fleet.VIN.getBytes(StandardCharsets.UTF_8);
        firn.driver.<byte[], byte[]>getKeyValueStore("vehicles-conditions").put(vehicle, new byte[] {5});

        // When
        assertThatThrownBy(() -> firn.send(Topics.RAW_HEALTH, Fleet.VIN, Fleet.health("h1", Events.START, 99.0, 60.0)))
                .isInstanceOf(StreamsException.class);

        // Then
        assertThat(firn.quarantined()).isEmpty();
    }

    @Test
    void shouldJoinStationAndVehicleWhenAVehicleWasCharged() {
        // Given
        Fleet.sendReferences(firn);

        // When
        charge(session("c1", T));

        // Then
        assertThat(firn.quarantined().stream().map(q -> q.getTarget() + q.getReason() + q.getDetail()))
                .isEmpty();
        assertThat(firn.rows(Topics.SILVER_CHARGING)).singleElement().satisfies(row -> {
            assertThat(row.get("station_name")).hasToString("Berlin Harbour");
            assertThat(row.get("station_capacity")).isEqualTo(2);
            assertThat(row.get("connector_type")).hasToString("type2");
            assertThat(row.get("connector_max_kw")).isEqualTo(22);
            assertThat(row.get("vehicle_model")).hasToString("Fjord");
            assertThat(row.get("duration_s")).isEqualTo(1800L);
            assertThat(row.get("average_kw")).isEqualTo(40.0);
            assertThat(Decimals.of(row.get("price_per_kwh"), 4)).hasToString("0.4000");
            assertThat(row.get("is_late")).isEqualTo(false);
            assertThat(row.get("_doc").toString()).contains("\"meter_values\"");
        });
    }

    @Test
    void shouldWaitForAVehicleThatWaitsItselfWhenItsOwnPatienceHasEnded() {
        // Given
        long now = Fixture.WALL.toEpochMilli();
        firn.progress.takenInUntil = now;
        firn.send(Topics.RAW_VEHICLES, Fleet.VIN, Fleet.vehicle());
        charge(session("c1", T));

        // When
        firn.driver.advanceWallClockTime(Duration.ofHours(1));
        Map<Integer, Long> waits = WaitFront.all(firn.driver.getKeyValueStore(Wiring.VEHICLES));
        Fleet.sendReferences(firn);
        firn.driver.advanceWallClockTime(Duration.ofSeconds(1));
        firn.driver.advanceWallClockTime(Duration.ofSeconds(1));

        // Then
        assertThat(waits).isEqualTo(Map.of(0, 0L));
        assertThat(WaitFront.all(firn.driver.getKeyValueStore(Wiring.VEHICLES))).isEmpty();
        assertThat(firn.rows(Topics.SILVER_CHARGING)).hasSize(1);
        assertThat(firn.quarantined()).isEmpty();
    }

    @Test
    void shouldGiveUpWhenAllThatCameWhileItWaitedWasTakenIn() {
        // Given
        long now = Fixture.WALL.toEpochMilli();
        firn.progress.takenInUntil = now;
        charge(session("c1", T));

        // When
        firn.driver.advanceWallClockTime(Duration.ofHours(1));
        int before = firn.quarantined().size();
        firn.progress.takenInUntil = now + 60_000;
        firn.driver.advanceWallClockTime(Duration.ofSeconds(1));

        // Then
        assertThat(before).isZero();
        assertThat(firn.quarantined())
                .singleElement()
                .satisfies(quarantined -> assertThat(quarantined.getReason()).hasToString("BROKEN_REFERENCE"));
    }

    @Test
    void shouldMeasureCellsAndTyresWhenAVehicleReports() {
        // Given
        Fleet.sendReferences(firn);

        // When
        firn.send(Topics.RAW_HEALTH, Fleet.VIN, Fleet.health("h1", T, 98.5, 21.5));

        // Then
        assertThat(firn.rows(Topics.SILVER_HEALTH)).singleElement().satisfies(row -> {
            assertThat(row.get("vehicle_model")).hasToString("Fjord");
            assertThat(row.get("vehicle_customer_id")).hasToString("C1");
            assertThat(row.get("cell_spread_v")).isEqualTo(0.017);
            assertThat(row.get("tyre_pressure_deviation_kpa")).isEqualTo(20);
        });
    }

    @Test
    void shouldCountCharactersWhenAProductIsReviewed() {
        // Given
        Fleet.sendReferences(firn);

        // When
        firn.send(Topics.RAW_REVIEWS, "P1", Fleet.review("r1", "schön \uD83D\uDE97", 4));

        // Then
        assertThat(firn.rows(Topics.SILVER_REVIEWS)).singleElement().satisfies(row -> {
            assertThat(row.get("review_length")).isEqualTo(7);
            assertThat(row.get("rating_bucket")).hasToString("positive");
            assertThat(row.get("product_name")).hasToString("Roadster");
        });
    }

    @Test
    void shouldTellTheModelWhenAVehicleIsAVersion() {
        // When
        Fleet.sendReferences(firn);

        // Then
        assertThat(firn.rows(Topics.DIM_VEHICLE)).singleElement().satisfies(row -> {
            assertThat(row.get("model")).hasToString("Fjord");
            assertThat(row.get("product_family")).hasToString("cars");
        });
    }

    @Test
    void shouldKeepTheOrderWhenOneWaitsForItsStation() {
        // Given
        Fleet.sendReferences(firn);
        ChargingSession astray = session("c1", T);
        astray.setStationId("S2");
        charge(astray);
        charge(session("c2", T.plus(Duration.ofHours(1))));
        List<GenericRecord> before = firn.rows(Topics.SILVER_CHARGING);

        // When
        firn.send(Topics.RAW_STATIONS, "S2", Fleet.station("S2", 1));
        firn.driver.advanceWallClockTime(Duration.ofMillis(200));

        // Then
        assertThat(before).isEmpty();
        assertThat(firn.rows(Topics.SILVER_CHARGING))
                .extracting(row -> row.get("session_id") + " " + row.get("is_late"))
                .containsExactly("c1 false", "c2 false");
        assertThat(firn.tally.waiting().get()).isZero();
    }

    @Test
    void shouldGoOnWhenWhatTheFirstWaitsForDoesNotCome() {
        // Given
        Fleet.sendReferences(firn);
        ChargingSession astray = session("c1", T);
        astray.setStationId("S2");
        charge(astray);
        charge(session("c2", T));

        // When
        firn.driver.advanceWallClockTime(Duration.ofMillis(10_200));

        // Then
        assertThat(firn.quarantined()).singleElement().satisfies(row -> {
            assertThat(row.getReason()).isEqualTo("BROKEN_REFERENCE");
            assertThat(row.getField()).isEqualTo("station_id");
            assertThat(row.getTarget()).isEqualTo(Topics.SILVER_CHARGING);
        });
        assertThat(firn.rows(Topics.SILVER_CHARGING)).hasSize(1);
    }

    @Test
    void shouldQuarantineByItsRuleWhenWhatFailsStandsBehindOneThatWaits() {
        // Given
        Fleet.sendReferences(firn);
        ChargingSession astray = session("c1", T);
        astray.setStationId("S2");
        charge(astray);
        ChargingSession broken = session("c2", T);
        broken.setVehicleId("not a VIN");
        charge(broken);

        // When
        firn.driver.advanceWallClockTime(Duration.ofMillis(10_200));

        // Then
        assertThat(firn.quarantined())
                .extracting(Quarantine::getReason)
                .containsExactly("BROKEN_REFERENCE", "RULE_FAILED");
    }

    @Test
    void shouldDropASessionThatIsToldTwice() {
        // Given
        Fleet.sendReferences(firn);

        // When
        charge(session("c1", T));
        charge(session("c1", T));

        // Then
        assertThat(firn.rows(Topics.SILVER_CHARGING)).hasSize(1);
    }

    @Test
    void shouldTellHowAStationIsUsedWhenAWindowHasClosed() {
        // Given
        Fleet.sendReferences(firn);
        charge(session("c1", T));

        // When
        charge(session("c2", T.minus(Duration.ofMinutes(6))));
        charge(session("c3", T.plus(Duration.ofHours(1))));

        // Then
        assertThat(firn.rows(Topics.GOLD_STATIONS))
                .extracting(row -> RowText.of(
                        row,
                        "station_id",
                        "station_name",
                        "station_city",
                        "station_country",
                        "station_capacity",
                        "sessions"))
                .hasSize(3)
                .containsOnly("S1 Berlin Harbour Berlin DE 2 1");
    }

    @Test
    void shouldAlertWhenAReportThatIsNotLateWantsAttention() {
        // Given
        Fleet.sendReferences(firn);

        // When
        firn.send(Topics.RAW_HEALTH, Fleet.VIN, Fleet.health("h1", T, 98.5, 21.5));
        firn.send(Topics.RAW_HEALTH, Fleet.VIN, Fleet.health("h2", T.minus(Duration.ofMinutes(6)), 98.5, 60));
        firn.send(Topics.RAW_HEALTH, Fleet.VIN, Fleet.health("h3", T.plusSeconds(1), 98.5, 50));

        // Then
        assertThat(firn.rows(Topics.GOLD_ALERTS))
                .extracting(row -> RowText.of(row, "alert_id", "vehicle_id", "vehicle_model"))
                .containsExactly("h3|hot_pack " + Fleet.VIN + " Fjord");
    }
}
