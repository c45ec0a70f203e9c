package dev.firn.processor.refer;

import dev.firn.processor.decode.Flat;
import dev.firn.processor.decode.Intake;
import dev.firn.processor.quarantine.RejectedException;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A topic's records to its keys. Those that can't be read or fail their rules are left out: whoever makes rows of the topic
 * accounts for them.
 */
public final class KeysProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private static final byte[] THERE = {1};

    private final Intake intake;

    /** @param shape whose records are probed for their key, and for nothing else */
    public KeysProcessor(Intake.Shape shape, Intake.Means means) {
        this.intake = new Intake(shape, means);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Flat flat;
        try {
            flat = intake.again(
                    record.value(), context().recordMetadata().orElseThrow().topic());
        } catch (RejectedException e) {
            return;
        }
        if (!flat.isRefused()) {
            for (Object key : flat.probed().get(0).values()) {
                context().forward(new Record<>(KeyText.of(key), THERE, record.timestamp()));
            }
        }
    }
}
