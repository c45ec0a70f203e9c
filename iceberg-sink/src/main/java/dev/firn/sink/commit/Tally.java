package dev.firn.sink.commit;

import dev.firn.quarantine.Reason;
import java.util.Map;

/** What is counted of a window, for those who watch.
 *
 * @param rejected how many records the window sent to quarantine, by reason
 */
public record Tally(RecordTimes times, Map<Reason, Long> rejected) {
    public Tally {
        rejected = Map.copyOf(rejected);
    }
}
