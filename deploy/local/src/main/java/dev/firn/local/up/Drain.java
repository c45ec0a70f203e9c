package dev.firn.local.up;

import dev.firn.local.status.GeneratorStatus;
import dev.firn.local.status.Observation;
import dev.firn.local.status.ProcessorStatus;
import dev.firn.local.status.SinkStatus;
import java.time.Duration;

/**
 * Decides whether everything that was produced is committed, from one observation after the other: the generator is quiet,
 * then the processor drained, then the sink drained, and all of it twice in a row with the same counts, since a record between
 * two of them is in nobody's lag for a moment. For one thread.
 */
final class Drain {
    private static final int TIMES = 2;

    private long counts = -1;
    private int alike;
    private long changedAt;

    /** Whether all is committed, now that this has been seen, too. */
    boolean isCompleteWith(Observation seen) {
        var now = seen.events() + seen.processed() + seen.rows() + seen.lag();
        if (now != counts) {
            counts = now;
            changedAt = seen.nanos();
            alike = 0;
        }
        alike = isQuiet(seen) ? alike + 1 : 0;
        return alike >= TIMES;
    }

    /** How long no count has changed. */
    Duration standstill(long nanos) {
        return Duration.ofNanos(nanos - changedAt);
    }

    private static boolean isQuiet(Observation seen) {
        return seen.generator().filter(GeneratorStatus::quiet).isPresent()
                && seen.processor().filter(ProcessorStatus::drained).isPresent()
                && seen.sink().filter(SinkStatus::drained).isPresent();
    }
}
