package dev.firn.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.futuremobility.raw.FiscalDay;
import dev.firn.processor.RowText;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalendarTopologyTest {
    @TempDir
    private Path dir;

    private static FiscalDay day(int week, Instant updated) {
        FiscalDay day = Events.day(Instant.parse("2026-05-01T00:00:00Z"), 2026, 2, 4, week);
        day.setUpdatedAt(updated);
        return day;
    }

    @Test
    void shouldHoldTheNewestUpdateOfADayWhateverTheOrder() {
        try (Fixture firn = new Fixture(dir)) {
            // When
            firn.send(Topics.RAW_FISCAL_CALENDAR, "1", day(12, Events.START));
            firn.send(Topics.RAW_FISCAL_CALENDAR, "1", day(13, Events.START.plus(Duration.ofDays(1))));
            firn.send(Topics.RAW_FISCAL_CALENDAR, "1", day(14, Events.START.plus(Duration.ofHours(1))));

            // Then
            assertThat(firn.rows(Topics.DIM_DATE))
                    .extracting(row ->
                            RowText.of(row, "fiscal_year", "fiscal_quarter", "fiscal_month", "fiscal_week", "day"))
                    .containsExactly("2026 2 4 12 1", "2026 2 4 13 1");
            assertThat(firn.meters
                            .counter("firn.processor.late", "topic", Topics.RAW_FISCAL_CALENDAR)
                            .count())
                    .isEqualTo(1);
        }
    }
}
