package dev.firn.processor.window;

import dev.firn.processor.event.Activity;
import dev.firn.processor.pack.Packer;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The first stage of the minutes, in the tasks of the raw partitions: keeps the facts of open minutes, and when the
 * partition's watermark passes a minute, sends on its facts and then the watermark.
 */
public final class MinuteCollectProcessor extends ContextualProcessor<byte[], Activity, byte[], byte[]> {
    /** Where facts are kept, and for how long a partition is waited for.
     *
     * @param store a caching one
     * @param idleTimeout of wall clock time without an event, after which the others need not wait for the partition
     */
    public record Config(String store, Duration idleTimeout) {}

    private static final Duration IDLE_CHECK = Duration.ofSeconds(1);

    private final Config config;
    private final Packer packer = new Packer();
    private @Nullable OpenMinutes minutes;
    private int partition;
    private long announced = Long.MIN_VALUE;
    private boolean idle;
    private long lastEventAt;

    public MinuteCollectProcessor(Config config) {
        this.config = config;
    }

    /** Where the messages go. */
    public static StreamPartitioner<byte[], byte[]> partitioner() {
        return MinuteMessage.partitioner();
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        KeyValueStore<byte[], byte[]> store = context.getStateStore(config.store);
        minutes = new OpenMinutes(store);
        partition = context.taskId().partition();
        lastEventAt = context.currentSystemTimeMs();
        context.schedule(IDLE_CHECK, PunctuationType.WALL_CLOCK_TIME, this::rest);
    }

    @Override
    public void process(Record<byte[], Activity> record) {
        Activity event = record.value();
        OpenMinutes open = Objects.requireNonNull(minutes, "init comes first");
        Bytes dimensions = new Dimensions(event.eventType(), event.country(), event.deviceType()).pack(packer);
        open.add(event.time(), dimensions, event.dwellMillis(), event.sessionId());
        long watermark = Math.floorDiv(event.watermark(), OpenMinutes.MINUTE) * OpenMinutes.MINUTE;
        if (watermark > announced || idle) {
            open.close(
                    watermark,
                    (minute, dims, number, chunk) ->
                            send(dims, new MinuteMessage.Facts(partition, minute, number, chunk), record.timestamp()));
            send(null, new MinuteMessage.Watermark(partition, watermark), record.timestamp());
            announced = watermark;
            idle = false;
        }
        lastEventAt = context().currentSystemTimeMs();
    }

    private void rest(long now) {
        if (!idle && now - lastEventAt >= config.idleTimeout.toMillis()) {
            idle = true;
            send(null, new MinuteMessage.Idle(partition), now);
        }
    }

    private void send(byte @Nullable [] key, MinuteMessage message, long timestamp) {
        context().forward(new Record<>(key, message.pack(), timestamp));
    }
}
