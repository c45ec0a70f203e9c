package dev.firn.processor.dimension;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** The columns of {@code silver.dim_date} that follow from the date. */
final class CalendarDay {
    private CalendarDay() {}

    static void fill(GenericRecord row) {
        LocalDate date = LocalDate.ofEpochDay((Integer) row.get("date"));
        DayOfWeek weekday = date.getDayOfWeek();
        boolean weekend = weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY;
        row.put("year", date.getYear());
        row.put("quarter", date.get(IsoFields.QUARTER_OF_YEAR));
        row.put("month", date.getMonthValue());
        row.put("month_name", new Utf8(date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
        row.put("week", date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        row.put("week_year", date.get(IsoFields.WEEK_BASED_YEAR));
        row.put("day", date.getDayOfMonth());
        row.put("day_of_year", date.getDayOfYear());
        row.put("day_of_week", weekday.getValue());
        row.put("day_name", new Utf8(weekday.getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
        row.put("is_weekend", weekend);
        row.put("is_month_end", date.getDayOfMonth() == date.lengthOfMonth());
        row.put("is_working_day", !weekend && !(Boolean) row.get("is_holiday"));
    }
}
