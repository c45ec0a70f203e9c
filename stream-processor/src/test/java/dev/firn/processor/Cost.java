package dev.firn.processor;

import java.time.Duration;
import java.util.Locale;

/** What a process took for a number of records.
 *
 * @param whole CPU time from its start to its last record
 * @param half CPU time when it had read so many that the rest tells how it goes on when it is warm
 */
record Cost(String what, long records, Duration whole, long halfRead, Duration half) {
    static final String HEADER =
            String.format(Locale.ROOT, "%-34s %12s %12s %15s", "", "from start", "second half", "records/s/core");

    @Override
    public String toString() {
        double warm = perMillion(whole.minus(half), records - halfRead);
        return String.format(
                Locale.ROOT, "%-34s %12.1f %12.1f %,15.0f", what, perMillion(whole, records), warm, 1e6 / warm);
    }

    private static double perMillion(Duration cpu, long records) {
        return cpu.toMillis() * 1e3 / records;
    }
}
