package dev.firn.sink.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.sink.commit.Source;
import dev.firn.sink.consume.LaneStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;

class StuckTest {
    private static final TableIdentifier TABLE = TableIdentifier.of("bronze", "orders");
    private static final Instant LIMIT = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void shouldNameTheTableThatWaitsWhenNoWindowIsOpen() {
        // Given
        LaneStatus one = lane("POSITIONING", Optional.empty(), Optional.of(LIMIT.minusSeconds(1)));
        LaneStatus other = lane("FOLLOWING", Optional.empty(), Optional.of(LIMIT.plusSeconds(1)));

        // When
        Map<String, String> stuck = Stuck.of(List.of(one, other), LIMIT);

        // Then
        assertThat(stuck)
                .containsExactly(
                        Map.entry("bronze.orders", "nothing committed since 2025-12-31T23:59:59Z, POSITIONING"));
    }

    @Test
    void shouldSayBothWhenATableIsBlockedAndWaits() {
        // Given
        LaneStatus lane = lane("SOURCE_TRUNCATED", Optional.of("needs 5"), Optional.of(LIMIT.minusSeconds(1)));

        // When
        Map<String, String> stuck = Stuck.of(List.of(lane), LIMIT);

        // Then
        assertThat(stuck.get("bronze.orders")).contains("needs 5").contains("nothing committed since");
    }

    private static LaneStatus lane(String state, Optional<String> why, Optional<Instant> waitsSince) {
        return new LaneStatus(
                LIMIT,
                List.of(new LaneStatus.OfSource(new Source("orders", 0), TABLE, state, why, OptionalLong.empty())),
                List.of(new LaneStatus.OfTable(TABLE, 0, 0, waitsSince, 1)));
    }
}
