package dev.firn.generator.company;

import dev.firn.futuremobility.raw.FiscalDay;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The days of the fiscal years, which begin on 1 February and are called as the year they begin in. The year before the
 * first event's, its own and the next are known at once; each later one a year before it begins.
 */
final class FiscalCalendar {
    private static final Month FIRST_MONTH = Month.FEBRUARY;
    private static final int MONTHS = 12;
    private static final int MONTHS_OF_QUARTER = 3;
    private static final int DAYS_OF_WEEK = 7;
    private static final Map<MonthDay, String> HOLIDAYS = Map.of(
            MonthDay.of(Month.JANUARY, 1), "New Year",
            MonthDay.of(Month.MAY, 1), "Labour Day",
            MonthDay.of(Month.DECEMBER, 25), "Christmas Day",
            MonthDay.of(Month.DECEMBER, 26), "Boxing Day");

    private final Deque<LocalDate> due = new ArrayDeque<>();
    private int published;

    FiscalCalendar(Instant start) {
        published = year(date(start)) - 2;
    }

    /** The next day that has to be known by now, if any. */
    @Nullable
    FiscalDay poll(Instant now) {
        if (due.isEmpty() && published <= year(date(now))) {
            publish(published + 1);
        }
        LocalDate date = due.poll();
        return date == null ? null : day(date, now);
    }

    static FiscalDay day(LocalDate date, Instant now) {
        int year = year(date);
        int month = Math.floorMod(date.getMonthValue() - FIRST_MONTH.getValue(), MONTHS);
        long sinceFirst = ChronoUnit.DAYS.between(first(year), date);
        String holiday = HOLIDAYS.get(MonthDay.from(date));
        return new FiscalDay(
                date,
                year,
                month / MONTHS_OF_QUARTER + 1,
                month + 1,
                (int) (sinceFirst / DAYS_OF_WEEK) + 1,
                holiday != null,
                holiday,
                now);
    }

    private void publish(int year) {
        published = year;
        for (LocalDate date = first(year); date.isBefore(first(year + 1)); date = date.plusDays(1)) {
            due.add(date);
        }
    }

    private static int year(LocalDate date) {
        return date.getMonthValue() < FIRST_MONTH.getValue() ? date.getYear() - 1 : date.getYear();
    }

    private static LocalDate first(int year) {
        return LocalDate.of(year, FIRST_MONTH, 1);
    }

    private static LocalDate date(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
