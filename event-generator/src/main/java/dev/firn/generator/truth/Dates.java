package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.FiscalDay;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.WeekFields;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code silver.dim_date}: of each day what was said of it as of the latest time. */
final class Dates {
    private static final int MONTHS_OF_QUARTER = 3;

    private final Map<LocalDate, FiscalDay> days = new HashMap<>();
    private final ExpectedTable<FiscalDay> table =
            ExpectedTable.of("silver.dim_date", columns()).count("working days", "is_working_day", Dates::isWorkingDay);

    /** Takes in a valid update. */
    void add(FiscalDay day) {
        FiscalDay before = days.get(day.getDate());
        if (before != null && day.getUpdatedAt().isBefore(before.getUpdatedAt())) {
            return;
        }
        if (before != null) {
            table.remove(before);
        }
        days.put(day.getDate(), day);
        table.add(day);
    }

    List<Expectation> expectations() {
        return table.expectations();
    }

    private static boolean isWeekend(FiscalDay day) {
        return day.getDate().getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
    }

    private static boolean isWorkingDay(FiscalDay day) {
        return !day.getIsHoliday() && !isWeekend(day);
    }

    /** As English writes it. */
    static String name(Enum<?> of) {
        return of.name().charAt(0) + of.name().substring(1).toLowerCase(Locale.ROOT);
    }

    private static Columns<FiscalDay> columns() {
        return new Columns<FiscalDay>()
                .text("\"date\"", d -> d.getDate().toString())
                .number("\"year\"", d -> d.getDate().getYear())
                .number("\"quarter\"", d -> (d.getDate().getMonthValue() - 1) / MONTHS_OF_QUARTER + 1)
                .number("\"month\"", d -> d.getDate().getMonthValue())
                .text("month_name", d -> name(d.getDate().getMonth()))
                .number("\"week\"", d -> d.getDate().get(WeekFields.ISO.weekOfWeekBasedYear()))
                .number("week_year", d -> d.getDate().get(WeekFields.ISO.weekBasedYear()))
                .number("\"day\"", d -> d.getDate().getDayOfMonth())
                .number("day_of_year", d -> d.getDate().getDayOfYear())
                .number("day_of_week", d -> d.getDate().getDayOfWeek().getValue())
                .text("day_name", d -> name(d.getDate().getDayOfWeek()))
                .flag("is_weekend", Dates::isWeekend)
                .flag(
                        "is_month_end",
                        d -> d.getDate().plusDays(1).getMonth() != d.getDate().getMonth())
                .number("fiscal_year", FiscalDay::getFiscalYear)
                .number("fiscal_quarter", FiscalDay::getFiscalQuarter)
                .number("fiscal_month", FiscalDay::getFiscalMonth)
                .number("fiscal_week", FiscalDay::getFiscalWeek)
                .flag("is_holiday", FiscalDay::getIsHoliday)
                .text("holiday", FiscalDay::getHoliday)
                .flag("is_working_day", Dates::isWorkingDay)
                .time("updated_at", FiscalDay::getUpdatedAt);
    }
}
