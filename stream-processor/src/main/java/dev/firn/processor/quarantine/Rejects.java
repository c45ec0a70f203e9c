package dev.firn.processor.quarantine;

import dev.firn.contract.FieldRule;
import dev.firn.contract.Severity;
import dev.firn.processor.count.Tally;
import java.util.List;
import org.apache.kafka.streams.processor.api.Record;

/** Makes of rejected records those of the quarantine topic, and counts them. Safe for several threads.
 *
 * @param target the table or topic that the records were meant for
 */
public record Rejects(QuarantineWriter writer, String target, Tally.OfTopic tally) {
    /** Counts the rules that a record fails; says whether they keep it from going on. */
    public boolean failsBy(List<FieldRule> failures) {
        boolean fails = false;
        for (FieldRule failure : failures) {
            tally.failed(failure);
            fails |= failure.severity() == Severity.ERROR;
        }
        return fails;
    }

    public Record<byte[], Object> of(Source source, Rejection rejection, long now) {
        tally.quarantined(rejection.reason().name());
        return new Record<>(writer.key(source), writer.value(source, target, rejection), now);
    }
}
