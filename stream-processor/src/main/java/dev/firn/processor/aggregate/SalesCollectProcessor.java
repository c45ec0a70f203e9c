package dev.firn.processor.aggregate;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.PunctuationType;
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
     * @param sumStore a caching one
     * @param seenStore a caching one
     * @param emitInterval between messages of the same sums, at least
     * @param schemaIds of the rows, by topic
     * @param unsent counts sums that have changed and are still to be sent
     * @param partials child for sums that the second stage merges
     * @param rows child for rows of {@link Tables#LOCAL_TOPIC}
     */
    public record Config(
            String sumStore,
            String seenStore,
            Duration emitInterval,
            ToIntFunction<String> schemaIds,
            AtomicLong unsent,
            String partials,
            String rows) {}

    private final Config config;
    private final Rows rows;
    private @Nullable PartialSums sums;

    public SalesCollectProcessor(Config config) {
        this.config = config;
        this.rows = new Rows(config.schemaIds);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        sums = new PartialSums(
                context.getStateStore(config.sumStore), context.getStateStore(config.seenStore), config.unsent);
        context.schedule(config.emitInterval, PunctuationType.WALL_CLOCK_TIME, this::emit);
    }

    @Override
    public void process(Record<byte[], GenericRecord> record) {
        sums().add(Sale.of(record.value()));
    }

    private void emit(long now) {
        int partition = context().taskId().partition();
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
