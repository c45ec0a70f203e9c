package dev.firn.processor.window;

import dev.firn.processor.event.Activity;
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
 * The first stage of windows, in the tasks of the raw partitions: keeps the facts of open panes, and when the
 * partition's watermark passes a pane, sends on its facts and then the watermark.
 */
public final class PaneCollectProcessor extends ContextualProcessor<byte[], Activity, byte[], byte[]> {
    /** Where facts are kept, and for how long a partition is waited for.
     *
     * @param store a caching one
     * @param idleTimeout of wall clock time without an event, after which the others need not wait for the partition. It is
     *     counted in looks, a second apart, at which nothing of the partition was left to take in: a task that lags, or gets no
     *     time to work, is not taken for one that has no work
     */
    public record Config(String store, Duration idleTimeout, SourceProgress source, WindowKind kind) {}

    /** What the second stage was told of the partition last. */
    private enum Told {
        NOTHING,
        THERE,
        IDLE
    }

    private static final Duration IDLE_CHECK = Duration.ofSeconds(1);

    private final Config config;
    private final Facts facts;
    private @Nullable OpenPanes panes;
    private int partition;
    private long announced = Long.MIN_VALUE;
    private Told told = Told.NOTHING;
    private long quietLooks;

    public PaneCollectProcessor(Config config) {
        this.config = config;
        this.facts = config.kind.facts();
    }

    /** Where the messages go. */
    public static StreamPartitioner<byte[], byte[]> partitioner(WindowKind kind) {
        return PaneMessage.partitioner(kind.facts());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        KeyValueStore<byte[], byte[]> store = context.getStateStore(config.store);
        panes = new OpenPanes(store, facts.panes(), facts.perChunk());
        partition = context.taskId().partition();
        context.schedule(IDLE_CHECK, PunctuationType.WALL_CLOCK_TIME, this::look);
    }

    @Override
    public void process(Record<byte[], Activity> record) {
        Activity event = record.value();
        OpenPanes open = Objects.requireNonNull(panes, "init comes first");
        Bytes dimensions = facts.dimensions(event);
        if (dimensions != null) {
            open.add(event.time(), dimensions, (number, chunk) -> facts.add(event, number, chunk));
        }
        long watermark = facts.panes().start(event.watermark());
        if (watermark > announced || told != Told.THERE) {
            open.close(
                    watermark,
                    (pane, dims, number, chunk) -> send(
                            dims,
                            new PaneMessage.Chunk(partition, pane, number, Bytes.wrap(chunk)),
                            record.timestamp()));
            send(null, new PaneMessage.Watermark(partition, watermark), record.timestamp());
            announced = watermark;
            told = Told.THERE;
        }
        quietLooks = 0;
    }

    private void look(long now) {
        if (!config.source.isDrained(partition)) {
            quietLooks = 0;
            tell(Told.THERE, new PaneMessage.Watermark(partition, announced), now);
        } else if (++quietLooks * IDLE_CHECK.toMillis() >= config.idleTimeout.toMillis()) {
            tell(Told.IDLE, new PaneMessage.Idle(partition), now);
        }
    }

    private void tell(Told what, PaneMessage message, long now) {
        if (told != what) {
            told = what;
            send(null, message, now);
        }
    }

    private void send(byte @Nullable [] key, PaneMessage message, long timestamp) {
        context().forward(new Record<>(key, message.pack(), timestamp));
    }
}
