package dev.firn.processor.refer;

import dev.firn.processor.wait.Arrivals;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Copies a topic of keys into its global store, and tells those who wait. */
public final class KnownKeysProcessor implements Processor<byte[], byte[], Void, Void> {
    private final Referenced referenced;
    private final Arrivals arrivals;
    private @Nullable KeyValueStore<byte[], byte[]> store;

    public KnownKeysProcessor(Referenced referenced, Arrivals arrivals) {
        this.referenced = referenced;
        this.arrivals = arrivals;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(referenced.store());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        // a null value deletes
        Objects.requireNonNull(store, "init comes first").put(record.key(), record.value());
        arrivals.add(referenced.awaited(record.key()));
    }
}
