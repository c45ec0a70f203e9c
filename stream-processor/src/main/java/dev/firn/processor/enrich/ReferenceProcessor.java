package dev.firn.processor.enrich;

import dev.firn.processor.decode.Flat;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Good records of entities to entries of the stores that joins look into. */
public final class ReferenceProcessor extends ContextualProcessor<byte[], Flat, byte[], byte[]> {
    private final Reference reference;

    public ReferenceProcessor(Reference reference) {
        this.reference = reference;
    }

    @Override
    public void process(Record<byte[], Flat> record) {
        KeyValue<byte[], byte[]> entry = reference.entry().apply(record.value().row());
        context().forward(new Record<>(entry.key, entry.value, record.timestamp()));
    }
}
