package dev.firn.processor.window;

import dev.firn.processor.event.Activity;
import dev.firn.processor.pack.Packer;
import dev.firn.processor.watermark.SourceProgress;
import dev.firn.processor.watermark.Standing;
import java.time.Duration;
import java.util.List;
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
     * @param store one that holds its entries while they grow
     * @param idleTimeout of wall clock time without an event, after which the others need not wait for the partition
     */
    public record Config(String store, Duration idleTimeout, SourceProgress source, WindowKind kind) {}

    private final Config config;
    private final Facts facts;
    private @Nullable OpenPanes panes;
    private int partition;
    private @Nullable Standing standing;

    public PaneCollectProcessor(Config config) {
        this.config = config;
        this.facts = config.kind.facts();
    }

    /** Where the messages go. */
    public static StreamPartitioner<byte[], byte[]> partitioner() {
        return PaneMessage.partitioner();
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        KeyValueStore<byte[], Packer> store = context.getStateStore(config.store);
        panes = new OpenPanes(store, facts.panes(), facts.perChunk());
        partition = context.taskId().partition();
        standing = new Standing(config.source, partition, config.idleTimeout, teller());
        context.schedule(Standing.BETWEEN_LOOKS, PunctuationType.WALL_CLOCK_TIME, standing()::look);
    }

    @Override
    public void process(Record<byte[], Activity> record) {
        Activity event = record.value();
        OpenPanes open = Objects.requireNonNull(panes, "init comes first");
        Bytes dimensions = facts.dimensions(event);
        if (dimensions != null) {
            open.add(event.time(), dimensions, chunk -> facts.add(event, chunk));
        }
        long watermark = facts.panes().start(event.watermark());
        if (standing().isNews(watermark)) {
            open.close(watermark, new Sending(record.timestamp()));
            standing().tell(watermark, record.timestamp());
        }
        standing().heard();
    }

    /** Sends the facts of one pane after the other. */
    private final class Sending implements OpenPanes.Closing {
        private final long timestamp;
        private final PaneFacts messages = new PaneFacts(this::message);
        private long open;
        private long number;

        Sending(long timestamp) {
            this.timestamp = timestamp;
        }

        @Override
        public void chunks(long pane, byte[] dimensions, List<byte[]> chunks) {
            open = pane;
            facts.merged(chunks).forEach(merged -> messages.add(dimensions, merged));
        }

        @Override
        public void end(long pane) {
            messages.finish();
            number = 0;
        }

        private void message(int group, byte[] chunk) {
            send(new PaneMessage.Chunk(partition, open, group, number++, Bytes.wrap(chunk)), timestamp);
        }
    }

    private Standing.Out teller() {
        return new Standing.Out() {
            @Override
            public void there(long time, long timestamp) {
                send(new PaneMessage.Watermark(partition, time), timestamp);
            }

            @Override
            public void idle(long timestamp) {
                send(new PaneMessage.Idle(partition), timestamp);
            }
        };
    }

    private Standing standing() {
        return Objects.requireNonNull(standing, "init comes first");
    }

    private void send(PaneMessage message, long timestamp) {
        context().forward(new Record<>(null, message.pack(), timestamp));
    }
}
