package dev.firn.sink.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.sink.commit.RecordTimes;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void shouldShowAllWindowsOfACommitAsItsRecords() {
        // Given
        Freshness freshness = new Freshness();

        // When
        freshness.visible(List.of(window(60_000), window(1_000)), AT);

        // Then
        assertThat(freshness.recentPercentile(99)).isGreaterThan(55_000);
        assertThat(freshness.recentPercentile(40)).isLessThan(2_000);
    }

    private static RecordTimes window(long ageMillis) {
        RecordTimes times = new RecordTimes(AT.toEpochMilli());
        times.add(AT.toEpochMilli() - ageMillis);
        return times;
    }
}
