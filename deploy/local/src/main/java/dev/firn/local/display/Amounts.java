package dev.firn.local.display;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
public final class Amounts {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Amounts() {}

    /** {@code 1,234,567}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 12.3 MiB}. */
    public static String bytes(long bytes) {
        double amount = bytes;
        var unit = 0;
        while (amount >= 1024 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }

    /** {@code 12.3 s}. */
    public static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    /** {@code 01:02:03}, or {@code 02:03}. */
    public static String clock(Duration time) {
        return time.toHours() > 0
                ? String.format(
                        Locale.ROOT, "%02d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart())
                : String.format(Locale.ROOT, "%02d:%02d", time.toMinutes(), time.toSecondsPart());
    }

    /** {@code 3.4 : 1}, or nothing where there is nothing to compare. */
    public static String ratio(long before, long after) {
        return before == 0 || after == 0 ? "-" : String.format(Locale.ROOT, "%.1f : 1", (double) before / after);
    }
}
