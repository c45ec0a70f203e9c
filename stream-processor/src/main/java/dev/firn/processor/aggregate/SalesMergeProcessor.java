package dev.firn.processor.aggregate;

import dev.firn.processor.pack.Unpacker;
import java.time.Duration;
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
 * The second stage of the aggregates: merges the sums of all raw partitions, board by board, and at a bounded rate sends
 * the rows that have changed.
 */
public final class SalesMergeProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    /** Where sums are kept, and where to.
     *
     * @param store a caching one
     * @param emitInterval between rows of the same key, at least
     * @param schemaIds of the rows, by topic
     * @param unsent counts boards that have changed and whose rows are still to be sent
     * @param childSuffix each row goes to the child that is named like its topic, with this at the end
     */
    public record Config(
            String store,
            Duration emitInterval,
            ToIntFunction<String> schemaIds,
            AtomicLong unsent,
            String childSuffix) {}

    private final Config config;
    private final Rows rows;
    private @Nullable Boards boards;

    public SalesMergeProcessor(Config config) {
        this.config = config;
        this.rows = new Rows(config.schemaIds);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        boards = new Boards(context.getStateStore(config.store), config.unsent);
        context.schedule(config.emitInterval, PunctuationType.WALL_CLOCK_TIME, this::emit);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        boards().put(record.key(), Partial.unpack(record.value()));
    }

    private void emit(long now) {
        boards().drain((key, members) -> {
            Board board = Boards.board(key);
            for (GenericRecord row : board.rows(new Unpacker(key, 1).takeRest(), members)) {
                Record<byte[], byte[]> record = rows.record(board, row, now);
                if (boards().isNews(board, record.key(), record.value())) {
                    context().forward(record, board.topic() + config.childSuffix);
                }
            }
        });
    }

    private Boards boards() {
        return Objects.requireNonNull(boards, "init comes first");
    }

    @Override
    public void close() {
        if (boards != null) {
            boards.close();
        }
    }
}
