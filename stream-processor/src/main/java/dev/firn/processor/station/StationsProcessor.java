package dev.firn.processor.station;

import dev.firn.processor.dedup.Timed;
import dev.firn.processor.pack.RowEncoder;
import dev.firn.processor.silver.RowKey;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Rows of {@code silver.charging_sessions} that are not late to {@code gold.station_utilization}. A station's sessions are
 * all in one partition, so its windows close by that partition's watermark alone, each time it passes the end of a window:
 * those that end by then are sent, and again those from before in which a session was under way that has been told since.
 * So a row is sent at most once in the length of a window, and what was sent is a function of what has come in.
 */
public final class StationsProcessor extends ContextualProcessor<byte[], Timed, byte[], byte[]> {
    private final String store;
    private final RowEncoder encoder;
    private final RowKey key = new RowKey();
    private @Nullable StationWindows windows;

    /**
     * @param store one that holds its entries
     * @param schemaId under which the registry holds the rows' schema
     */
    public StationsProcessor(String store, int schemaId) {
        this.store = store;
        this.encoder = new RowEncoder(schemaId, StationUse.SCHEMA);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        windows = new StationWindows(context.getStateStore(store));
    }

    @Override
    public void process(Record<byte[], Timed> record) {
        StationWindows all = Objects.requireNonNull(windows, "init comes first");
        Timed session = record.value();
        all.add(Charge.of(session.flat().row()), session.watermark());
        all.close(session.watermark(), (start, use) -> send(use.row(start, start + StationWindows.LENGTH), record));
    }

    private void send(GenericRecord row, Record<byte[], Timed> cause) {
        byte[] rowKey = Objects.requireNonNull(key.of(row, null), "the table is upserted by key");
        context().forward(new Record<>(rowKey, encoder.encode(row), cause.timestamp()));
    }
}
