package dev.firn.processor.dimension;

import dev.firn.processor.decode.Flat;
import dev.firn.processor.dedup.Timed;
import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.quarantine.Source;
import dev.firn.processor.silver.Completion;
import dev.firn.processor.silver.Outlet;
import dev.firn.processor.silver.RowKey;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@code silver.dim_date}: a row for each day, as of its newest update. One that is older than another of its day is
 * counted as late, and left out.
 */
public final class DatesProcessor extends ContextualProcessor<byte[], Flat, byte[], Object> {
    /** Where to.
     *
     * @param store when each day was updated; one that holds its entries
     * @param current child for the updates that hold
     */
    public record Config(String store, Completion completion, Outlet outlet, String current) {}

    private final Config config;
    private final RowKey key = new RowKey();
    private final Packer packer = new Packer();
    private @Nullable KeyValueStore<byte[], byte[]> store;

    public DatesProcessor(Config config) {
        this.config = config;
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        super.init(context);
        store = context.getStateStore(config.store);
    }

    @Override
    public void process(Record<byte[], Flat> record) {
        Flat flat = record.value();
        long time = flat.eventTime().orElse(TimeUnit.MILLISECONDS.toMicros(record.timestamp()));
        byte[] day =
                packer.reset().putSortable((Integer) flat.row().get("date")).toBytes();
        if (!isNewest(day, time)) {
            config.outlet.rejects().tally().late();
            return;
        }
        CalendarDay.fill(flat.row());
        config.completion.complete(new Timed(flat, time, time, false, flat.failures()));
        byte[] rowKey = key.of(flat.row(), record.key());
        Source source = flat.source(context(), record);
        if (config.outlet.send(context(), source, rowKey, flat.encoded(), record.timestamp())) {
            context().forward(record, config.current);
            updated().put(day, packer.reset().putSortable(time).toBytes());
        }
    }

    private boolean isNewest(byte[] day, long time) {
        byte[] before = updated().get(day);
        return before == null || new Unpacker(before).takeSortable() <= time;
    }

    private KeyValueStore<byte[], byte[]> updated() {
        return Objects.requireNonNull(store, "init comes first");
    }
}
