package dev.firn.processor.enrich;

import dev.firn.processor.wait.Arrivals;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Copies a cleaned topic into its global store, and tells those who wait. */
public final class StoreProcessor implements Processor<byte[], byte[], Void, Void> {
    private final String storeName;
    private final Reference reference;
    private final Arrivals arrivals;
    private @Nullable KeyValueStore<byte[], byte[]> store;

    public StoreProcessor(String storeName, Reference reference, Arrivals arrivals) {
        this.storeName = storeName;
        this.reference = reference;
        this.arrivals = arrivals;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(storeName);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        KeyValueStore<byte[], byte[]> into = Objects.requireNonNull(store, "init comes first");
        // a null value deletes
        into.put(record.key(), record.value());
        arrivals.add(reference.awaited().apply(record.key()));
    }
}
