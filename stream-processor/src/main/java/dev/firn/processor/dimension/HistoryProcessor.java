package dev.firn.processor.dimension;

import dev.firn.processor.decode.Flat;
import dev.firn.processor.decode.Intake;
import dev.firn.processor.decode.KeptRows;
import dev.firn.processor.decode.Target;
import dev.firn.processor.dedup.Timed;
import dev.firn.processor.pack.Packer;
import dev.firn.processor.quarantine.Source;
import dev.firn.processor.silver.Completion;
import dev.firn.processor.silver.Outlet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the history of entities, as slowly changing dimensions of type 2: an update makes a version, is put between others
 * where it is older, and changes nothing where it says nothing new. Sends each version that is new or has changed, and
 * deletes those that are none any more; what the table holds follows from the updates alone, in whatever order they came, as
 * long as none is older than the newest {@value Updates#MOST} of its entity. Such a one is counted as late, and left out.
 */
public final class HistoryProcessor extends ContextualProcessor<byte[], Flat, byte[], Object> {
    /** Of which entities, and where to.
     *
     * @param id column of the business key
     * @param store one that holds its entries
     * @param current child for updates that are the newest of their entity
     */
    public record Config(
            Target target,
            String id,
            String store,
            Intake.Means means,
            Completion completion,
            Outlet outlet,
            String current) {}

    private final Config config;
    private final DimensionRows rows;
    private final KeptRows kept;
    private final Packer packer = new Packer();
    private @Nullable KeyValueStore<byte[], byte[]> store;

    public HistoryProcessor(Config config) {
        this.config = config;
        this.rows = new DimensionRows(config.target, config.id);
        this.kept = new KeptRows(config.target.schema(), config.means);
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
        byte[] entity = rows.id(flat.row());
        Updates updates = Updates.of(store().get(entity));
        if (!updates.canPlace(time)) {
            config.outlet.rejects().tally().late();
            return;
        }
        Map<Long, Version> before = byBegin(updates.versions());
        updates.put(time, attributes(flat, time));
        List<Record<byte[], Object>> rows = rows(record, entity, before, updates.versions());
        if (isRefused(record, rows)) {
            return;
        }
        rows.forEach(row -> context().forward(row, config.outlet.rows()));
        if (updates.isNewest(time)) {
            context().forward(record, config.current);
        }
        updates.forget();
        store().put(entity, updates.pack(packer));
    }

    /** Equal where nothing that a version tells has changed. */
    private Bytes attributes(Flat flat, long time) {
        rows.clear(flat.row());
        config.completion.complete(new Timed(flat, time, time, false, flat.failures()));
        return Bytes.wrap(flat.encoded());
    }

    /** Versions that are new or have changed, and, without a value, those that are none any more. */
    private List<Record<byte[], Object>> rows(
            Record<byte[], Flat> cause, byte[] entity, Map<Long, Version> before, List<Version> after) {
        List<Record<byte[], Object>> changed = new ArrayList<>();
        for (Version version : after) {
            if (!version.equals(before.remove(version.from()))) {
                byte[] surrogate = rows.surrogate(entity, version.from());
                byte[] row = rows.encode(kept.read(version.attributes().get()), surrogate, version);
                changed.add(new Record<>(surrogate, row, cause.timestamp()));
            }
        }
        for (long begin : before.keySet()) {
            changed.add(new Record<>(rows.surrogate(entity, begin), null, cause.timestamp()));
        }
        return changed;
    }

    /** All rows of an update are sent, or none, and then it is not remembered. */
    private boolean isRefused(Record<byte[], Flat> cause, List<Record<byte[], Object>> rows) {
        Source source = cause.value().source(context(), cause);
        return rows.stream()
                .anyMatch(row -> row.value() instanceof byte[] bytes
                        && config.outlet.isRefused(context(), source, bytes, cause.timestamp()));
    }

    private static Map<Long, Version> byBegin(List<Version> versions) {
        Map<Long, Version> byBegin = new HashMap<>();
        versions.forEach(version -> byBegin.put(version.from(), version));
        return byBegin;
    }

    private KeyValueStore<byte[], byte[]> store() {
        return Objects.requireNonNull(store, "init comes first");
    }
}
