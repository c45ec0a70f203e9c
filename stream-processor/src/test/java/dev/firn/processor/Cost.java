package dev.firn.processor;

import java.util.Locale;

/** What a process took for a number of records.
 *
 * @param whole CPU time from its start to its last record
 * @param half CPU time when it had read so many that the rest tells how it goes on when it is warm
 */
record Cost(String what, long records, CpuTime whole, long halfRead, CpuTime half) {
    static final String HEADER = String.format(
            Locale.ROOT,
            "%-34s %10s %10s %10s %10s %10s %15s",
            "",
            "from start",
            "2nd half",
            "compiling",
            "collecting",
            "the rest",
            "records/s/core");

    @Override
    public String toString() {
        CpuTime warm = whole.minus(half);
        long warmRecords = records - halfRead;
        return String.format(
                Locale.ROOT,
                "%-34s %10.1f %s %,15.0f",
                what,
                CpuTime.perMillion(whole.whole(), records),
                warm.perMillion(warmRecords),
                1e6 / CpuTime.perMillion(warm.whole(), warmRecords));
    }
}
