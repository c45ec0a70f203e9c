package dev.firn.generator.company;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.futuremobility.raw.FiscalDay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiscalCalendarTest {
    private static final Instant START = Instant.parse("2026-01-31T23:59:59Z");

    @ParameterizedTest
    @CsvSource({
        "2026-01-31, 2025, 4, 12, 53, false",
        "2026-02-01, 2026, 1, 1, 1, false",
        "2026-02-07, 2026, 1, 1, 1, false",
        "2026-02-08, 2026, 1, 1, 2, false",
        "2026-04-30, 2026, 1, 3, 13, false",
        "2026-05-01, 2026, 2, 4, 13, true",
        "2026-12-25, 2026, 4, 11, 47, true",
        "2029-01-01, 2028, 4, 12, 48, true"
    })
    void shouldBelongToTheFiscalYearThatBeganOnTheFirstOfFebruary(
            LocalDate date, int year, int quarter, int month, int week, boolean holiday) {
        // When
        FiscalDay day = FiscalCalendar.day(date, START);

        // Then
        assertThat(List.of(day.getFiscalYear(), day.getFiscalQuarter(), day.getFiscalMonth(), day.getFiscalWeek()))
                .containsExactly(year, quarter, month, week);
        assertThat(day.getIsHoliday()).isEqualTo(holiday).isEqualTo(day.getHoliday() != null);
    }

    @Test
    void shouldKnowEachDayOnceAndAYearAheadWhenTimeGoesOn() {
        // Given
        FiscalCalendar calendar = new FiscalCalendar(START);

        // When
        List<LocalDate> atFirst = all(calendar, START);
        List<LocalDate> sameDay = all(calendar, START);
        List<LocalDate> nextYear = all(calendar, START.plusSeconds(1));

        // Then
        assertThat(atFirst)
                .hasSize(366 + 365 + 365)
                .startsWith(LocalDate.of(2024, 2, 1))
                .doesNotHaveDuplicates();
        assertThat(atFirst).endsWith(LocalDate.of(2027, 1, 31));
        assertThat(sameDay).isEmpty();
        assertThat(nextYear).hasSize(365).startsWith(LocalDate.of(2027, 2, 1));
    }

    private static List<LocalDate> all(FiscalCalendar calendar, Instant now) {
        List<LocalDate> dates = new ArrayList<>();
        for (FiscalDay day = calendar.poll(now); day != null; day = calendar.poll(now)) {
            dates.add(day.getDate());
        }
        return dates;
    }
}
