package dev.firn.processor.silver;

import dev.firn.processor.dedup.Timed;
import dev.firn.processor.quarantine.Source;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Completes rows by their contract alone, and sends them. */
public final class SilverProcessor extends ContextualProcessor<byte[], Timed, byte[], Object> {
    private final Completion completion;
    private final Outlet outlet;
    private final RowKey key = new RowKey();

    public SilverProcessor(Completion completion, Outlet outlet) {
        this.completion = completion;
        this.outlet = outlet;
    }

    @Override
    public void process(Record<byte[], Timed> record) {
        Timed timed = record.value();
        completion.complete(timed);
        Source source = timed.flat().source(context(), record);
        byte[] of = key.of(timed.flat().row(), timed.flat().key(record.key()));
        if (outlet.send(context(), source, of, timed.flat().encoded(), record.timestamp())) {
            timed.sent().run();
        }
    }
}
