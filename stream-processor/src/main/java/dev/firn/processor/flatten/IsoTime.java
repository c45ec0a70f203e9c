package dev.firn.processor.flatten;

import dev.firn.processor.pack.Packer;
import java.time.LocalDate;

/** Timestamps as {@code "2026-01-31T23:59:59.123456Z"}. */
final class IsoTime {
    private static final long MICROS = 1_000_000;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final int LAST_OF_FOUR_DIGITS = 9_999;
    private static final int DIGITS_OF_MICROS = 100_000;

    private IsoTime() {}

    static void timestamp(long epochMicros, String zone, Packer out) {
        long seconds = Math.floorDiv(epochMicros, MICROS);
        int micros = (int) Math.floorMod(epochMicros, MICROS);
        int ofDay = (int) Math.floorMod(seconds, SECONDS_PER_DAY);
        out.putByte('"');
        date(LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_PER_DAY)), out);
        out.putByte('T');
        two(ofDay / 3600, out);
        out.putByte(':');
        two(ofDay / 60 % 60, out);
        out.putByte(':');
        two(ofDay % 60, out);
        out.putByte('.');
        for (int unit = DIGITS_OF_MICROS; unit > 0; unit /= 10) {
            out.putByte('0' + micros / unit % 10);
        }
        JsonText.word(zone, out);
        out.putByte('"');
    }

    private static void date(LocalDate date, Packer out) {
        int year = date.getYear();
        if (year < 0 || year > LAST_OF_FOUR_DIGITS) {
            out.putAscii(date.toString());
            return;
        }
        two(year / 100, out);
        two(year % 100, out);
        out.putByte('-');
        two(date.getMonthValue(), out);
        out.putByte('-');
        two(date.getDayOfMonth(), out);
    }

    private static void two(int value, Packer out) {
        out.putByte('0' + value / 10).putByte('0' + value % 10);
    }
}
