package dev.firn.processor.quarantine;

import dev.firn.contract.FieldRule;
import dev.firn.contract.Severity;
import dev.firn.processor.count.Tally;
import dev.firn.processor.quality.Outcome;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.Record;

/** Makes of rejected records those of the quarantine topic, and counts them. Safe for several threads.
 *
 * @param target the table or topic that the records were meant for
 */
public record Rejects(QuarantineWriter writer, String target, Tally.OfTopic tally) {
    /** Counts the rules that a record fails; says whether they keep it from going on.
     *
     * @param timestamp of the record
     * @param told who counts quality
     */
    public boolean failsBy(List<FieldRule> failures, long timestamp, Consumer<Record<byte[], Object>> told) {
        if (failures.isEmpty()) {
            return false;
        }
        told.accept(new Record<>(null, new Outcome.Failing(failures), timestamp));
        boolean fails = false;
        for (FieldRule failure : failures) {
            tally.failed(failure);
            fails |= failure.severity() == Severity.ERROR;
        }
        return fails;
    }

    /** For those who count quality, and pass it on. */
    public Record<byte[], Object> of(Source source, Rejection rejection, long now) {
        tally.quarantined(rejection.reason().name());
        Outcome rejected = new Outcome.Rejected(rejection.reason(), writer.value(source, target, rejection));
        return new Record<>(writer.key(source), rejected, now);
    }
}
