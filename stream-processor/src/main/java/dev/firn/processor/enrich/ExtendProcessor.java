package dev.firn.processor.enrich;

import dev.firn.processor.decode.Flat;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Extends rows, and sends them on. */
public final class ExtendProcessor extends ContextualProcessor<byte[], Flat, byte[], Flat> {
    private final Extension extension;
    private final ReferenceStores stores;
    private @Nullable Directory directory;

    public ExtendProcessor(Extension extension, ReferenceStores stores) {
        this.extension = extension;
        this.stores = stores;
    }

    @Override
    public void init(ProcessorContext<byte[], Flat> context) {
        super.init(context);
        directory = new Directory(context, stores);
    }

    @Override
    public void process(Record<byte[], Flat> record) {
        // what is refused has not waited for what it refers to, and becomes no row
        if (!record.value().isRefused()) {
            extension.extend(record.value().row(), Objects.requireNonNull(directory, "init comes first"));
        }
        context().forward(record);
    }
}
