package dev.firn.sink.management;

import dev.firn.sink.commit.RecordTimes;
import java.time.Instant;
import java.util.List;
import org.HdrHistogram.Histogram;

/** How old records were, by their own timestamps, when they became visible. Safe for use by many threads. */
final class Freshness {
    private static final long LONGEST = 3_600_000;

    private final Histogram all = new Histogram(LONGEST, 2);
    private Histogram recent = new Histogram(LONGEST, 2);

    /** The records of one commit. */
    synchronized void visible(List<RecordTimes> windows, Instant at) {
        Histogram commit = new Histogram(LONGEST, 2);
        windows.forEach(times -> times.forEach((time, records) -> {
            long age = Math.max(0, Math.min(LONGEST, at.toEpochMilli() - time));
            commit.recordValueWithCount(age, records);
        }));
        all.add(commit);
        recent = commit;
    }

    /** In milliseconds, of all records since the process began. */
    synchronized long percentile(double percentile) {
        return all.getValueAtPercentile(percentile);
    }

    /** In milliseconds, of the records of the last commit. */
    synchronized long recentPercentile(double percentile) {
        return recent.getValueAtPercentile(percentile);
    }
}
