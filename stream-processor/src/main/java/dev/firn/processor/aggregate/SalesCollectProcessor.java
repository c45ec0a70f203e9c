package dev.firn.processor.aggregate;

import dev.firn.processor.count.Tally;
import dev.firn.processor.tick.Ticks;
import dev.firn.processor.watermark.SourceProgress;
import dev.firn.processor.watermark.Standing;
import dev.firn.processor.watermark.Watermarks;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The first stage of the aggregates, in the tasks of the raw partitions: adds up the partition's sales, and at a bounded
 * rate sends on the sums that have changed, whole, so that the last message of each says all.
 */
public final class SalesCollectProcessor extends ContextualProcessor<byte[], GenericRecord, byte[], byte[]> {
    /** Where sums are kept, and where to.
     *
     * @param sumStore one that holds its entries
     * @param seenStore one that holds its entries
     * @param emitInterval between messages of the same sums, at least
     * @param retention of rows of periods
     * @param idleTimeout of wall clock time without a sale, after which the others need not wait for the partition
     * @param source how far raw.transactions has been taken in
     * @param schemaIds of the rows, by topic
     * @param unsent counts sums that have changed and are still to be sent
     * @param tally of raw.transactions
     * @param partials child for sums that the second stage merges
     * @param rows child for rows of {@link Tables#LOCAL_TOPIC}
     */
    public record Config(
            String sumStore,
            String seenStore,
            Duration emitInterval,
            Duration retention,
            Duration idleTimeout,
            SourceProgress source,
            ToIntFunction<String> schemaIds,
            AtomicLong unsent,
            Tally.OfTopic tally,
            String partials,
            String rows) {}

    private final Config config;
    private final Rows rows;
    private @Nullable PartialSums sums;
    private @Nullable Standing standing;
    private int partition;
    private @Nullable Ticks ticks;
    private boolean anySale;

    public SalesCollectProcessor(Config config) {
        this.config = config;
        this.rows = new Rows(config.schemaIds);
    }

    /** Where what is for the second stage goes. */
    public static StreamPartitioner<byte[], byte[]> partitioner() {
        return Reached.partitioner();
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        partition = context.taskId().partition();
        sums = new PartialSums(
                context.getStateStore(config.sumStore),
                context.getStateStore(config.seenStore),
                new Retention(config.retention.toDays()),
                config.unsent);
        standing = new Standing(config.source, partition, config.idleTimeout, teller());
        context.schedule(Standing.BETWEEN_LOOKS, PunctuationType.WALL_CLOCK_TIME, standing()::look);
        ticks = new Ticks(context, config.emitInterval, this::emit);
        ticks.need(true);
    }

    @Override
    public void process(Record<byte[], GenericRecord> record) {
        if (!sums().add(Sale.of(record.value()))) {
            config.tally.missedPeriod();
        }
        standing().heard();
        anySale = true;
        ticks().need(true);
    }

    private void emit(long now) {
        sendChanged(now);
        if (anySale && standing().isNews(sums().newest())) {
            standing().tell(sums().newest(), now);
        }
        anySale = false;
        ticks().need(false);
    }

    private void sendChanged(long now) {
        sums().drain((board, name, member, sums) -> {
            if (board == Tables.CUSTOMERS) {
                Member only = new Member(member, Objects.requireNonNull(sums, "a customer's sums stay"));
                board.rows(name, List.of(only))
                        .forEach(row -> context().forward(rows.record(board, row, now), config.rows));
            } else {
                byte[] value = new Partial(partition, member, sums).pack();
                context().forward(new Record<>(Partial.key(board, name), value, now), config.partials);
            }
        });
    }

    private Standing.Out teller() {
        return new Standing.Out() {
            @Override
            public void there(long time, long timestamp) {
                send(new Reached(partition, time, false), timestamp);
            }

            @Override
            public void idle(long timestamp) {
                send(new Reached(partition, Watermarks.NONE, true), timestamp);
            }
        };
    }

    private void send(Reached reached, long timestamp) {
        context().forward(new Record<>(null, reached.pack(), timestamp), config.partials);
    }

    private Ticks ticks() {
        return Objects.requireNonNull(ticks, "init comes first");
    }

    private Standing standing() {
        return Objects.requireNonNull(standing, "init comes first");
    }

    private PartialSums sums() {
        return Objects.requireNonNull(sums, "init comes first");
    }

    @Override
    public void close() {
        if (sums != null) {
            sums.close();
        }
    }
}
