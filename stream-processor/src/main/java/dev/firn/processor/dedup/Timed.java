package dev.firn.processor.dedup;

import dev.firn.contract.FieldRule;
import dev.firn.processor.decode.Flat;
import java.util.List;

/** A valid record, seen for the first time, on the time line of its partition.
 *
 * @param time event time in epoch microseconds
 * @param watermark of the partition, after it: no later record before this counts as in time
 * @param late whether the record itself came too late for windows
 * @param warnings rules that it fails, and that only warn
 * @param sent told once its row was sent: only then is it remembered
 */
public record Timed(Flat flat, long time, long watermark, boolean late, List<FieldRule> warnings, Runnable sent) {
    /** Of a record that nobody remembers. */
    public Timed(Flat flat, long time, long watermark, boolean late, List<FieldRule> warnings) {
        this(flat, time, watermark, late, warnings, () -> {});
    }
}
