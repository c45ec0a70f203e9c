package dev.firn.processor.decode;

import dev.firn.processor.quarantine.RejectedException;
import dev.firn.processor.quarantine.Rejects;
import dev.firn.processor.quarantine.Sources;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** The first processor of each raw topic: sends good records on, flat, and the others to quarantine. */
public final class IntakeProcessor extends ContextualProcessor<byte[], byte[], byte[], Object> {
    /** Which records, and where to.
     *
     * @param next child for good records
     * @param quarantine child for the others
     */
    public record Config(Intake.Shape shape, Intake.Means means, Rejects rejects, String next, String quarantine) {}

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
            flat = intake.take(record.value());
        } catch (RejectedException e) {
            context()
                    .forward(
                            config.rejects.of(
                                    Sources.current(context(), record, record.value()),
                                    e.rejection(),
                                    record.timestamp()),
                            config.quarantine);
            return;
        }
        context().forward(record.withValue(flat), config.next);
    }
}
