package dev.firn.processor.decode;

import dev.firn.processor.quality.Outcome;
import dev.firn.processor.quarantine.RejectedException;
import dev.firn.processor.quarantine.Rejection;
import dev.firn.processor.quarantine.Rejects;
import dev.firn.processor.quarantine.Source;
import dev.firn.processor.quarantine.Sources;
import dev.firn.serde.WireFormat;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** The first processor of each raw topic: sends good records on, flat, and the others to quarantine. */
public final class IntakeProcessor extends ContextualProcessor<byte[], byte[], byte[], Object> {
    /** Which records, and where to.
     *
     * @param decides whether records that fail a rule end here; else the next step decides, which knows of more rules
     * @param next child for good records
     * @param quarantine child for the others, which is told of each
     */
    public record Config(
            Intake.Shape shape, Intake.Means means, Rejects rejects, boolean decides, String next, String quarantine) {}

    private final Config config;
    private final Intake intake;

    public IntakeProcessor(Config config) {
        this.config = config;
        this.intake = new Intake(config.shape, config.means);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Flat flat;
        try {
            flat = intake.take(
                    record.value(), context().recordMetadata().orElseThrow().topic());
        } catch (RejectedException e) {
            tell(record.withValue(Outcome.Taken.UNREAD));
            reject(record, e.rejection());
            return;
        }
        tell(record.withValue(flat.taken()));
        if (config.decides && config.rejects.failsBy(flat.failures(), record.timestamp(), this::tell)) {
            reject(record, Rejection.byRules(flat.failures(), WireFormat.schemaId(flat.value())));
            return;
        }
        context().forward(record.withValue(flat), config.next);
    }

    private void tell(Record<byte[], ?> outcome) {
        context().forward(outcome, config.quarantine);
    }

    private void reject(Record<byte[], byte[]> record, Rejection rejection) {
        Source source = Sources.current(context(), record, record.value());
        context().forward(config.rejects.of(source, rejection, record.timestamp()), config.quarantine);
    }
}
