package dev.firn.processor.dimension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.Contracts;
import dev.firn.processor.RowText;
import java.time.LocalDate;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarDayTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2027-01-01 | false | 2027 1 1 January 53 2026 1 1 5 Friday false false true",
                "2028-02-29 | true | 2028 1 2 February 9 2028 29 60 2 Tuesday false true false",
                "2026-10-03 | false | 2026 4 10 October 40 2026 3 276 6 Saturday true false false",
                "2024-12-30 | false | 2024 4 12 December 1 2025 30 365 1 Monday false false true",
                "2026-09-30 | false | 2026 3 9 September 40 2026 30 273 3 Wednesday false true true",
                "2023-01-01 | false | 2023 1 1 January 52 2022 1 1 7 Sunday true false false"
            })
    void shouldTellWhereADayLiesWhenItIsInTheCalendar(LocalDate date, boolean holiday, String parts) {
        // Given
        GenericRecord row = new GenericData.Record(Contracts.schema("silver.dim_date"));
        row.put("date", (int) date.toEpochDay());
        row.put("is_holiday", holiday);

        // When
        CalendarDay.fill(row);

        // Then
        assertThat(RowText.of(
                        row,
                        "year",
                        "quarter",
                        "month",
                        "month_name",
                        "week",
                        "week_year",
                        "day",
                        "day_of_year",
                        "day_of_week",
                        "day_name",
                        "is_weekend",
                        "is_month_end",
                        "is_working_day"))
                .isEqualTo(parts);
    }
}
