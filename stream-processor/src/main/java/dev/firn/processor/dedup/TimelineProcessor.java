package dev.firn.processor.dedup;

import dev.firn.processor.count.Tally;
import dev.firn.processor.decode.Flat;
import dev.firn.processor.event.Activity;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Puts a partition's valid events on its time line: drops those seen before, tells the late ones, and keeps the newest
 * event time. A function of the partition's order alone.
 */
public final class TimelineProcessor extends ContextualProcessor<byte[], Flat, byte[], Activity> {
    private static final int EVENT_ID = Activity.position("event_id");
    private static final int EVENT_TIME = Activity.position("event_time");
    private static final int MICROS = 1000;

    private final Config config;
    private @Nullable Recent recent;

    /** What is a duplicate, what late, and where to.
     *
     * @param logStore of what was seen, a caching one
     * @param indexStore of the same by id, one that is not logged
     * @param filterBytes of memory, to know new ids by
     * @param horizon within which an id is a duplicate
     * @param grace an event that is older than the newest by more than this is late
     * @param onTime children for events that are not late
     * @param all child for every event
     */
    public record Config(
            String logStore,
            String indexStore,
            long filterBytes,
            Duration horizon,
            Duration grace,
            Tally.OfTopic tally,
            String all,
            List<String> onTime) {}

    public TimelineProcessor(Config config) {
        this.config = config;
    }

    @Override
    public void init(ProcessorContext<byte[], Activity> context) {
        super.init(context);
        KeyValueStore<byte[], byte[]> log = context.getStateStore(config.logStore);
        KeyValueStore<byte[], byte[]> index = context.getStateStore(config.indexStore);
        long horizon = config.horizon.toMillis() * MICROS;
        recent = new Recent(new Recent.Config(log, index, horizon, config.filterBytes));
    }

    @Override
    public void process(Record<byte[], Flat> record) {
        Recent seen = Objects.requireNonNull(recent, "init comes first");
        GenericRecord row = record.value().row();
        IdHash id = seen.hash((Utf8) row.get(EVENT_ID));
        if (seen.has(id)) {
            config.tally.duplicate();
            return;
        }
        long time = (Long) row.get(EVENT_TIME);
        long grace = config.grace.toMillis() * MICROS;
        boolean late = seen.newest() != Recent.NOTHING && time < seen.newest() - grace;
        seen.add(id, time);
        forward(record, new Activity(row, time, seen.newest() - grace, late, record.value()));
    }

    private void forward(Record<byte[], Flat> record, Activity activity) {
        context().forward(record.withValue(activity), config.all);
        if (activity.late()) {
            config.tally.late();
            return;
        }
        for (String child : config.onTime) {
            context().forward(record.withValue(activity), child);
        }
    }
}
