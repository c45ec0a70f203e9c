package dev.firn.processor.aggregate;

import dev.firn.processor.count.Tally;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.store.Sweeps;
import dev.firn.processor.tick.Ticks;
import dev.firn.processor.watermark.Watermarks;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import org.apache.avro.generic.GenericRecord;
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
     * @param store one that holds its entries
     * @param watermarkStore one that holds its entries
     * @param partitions of raw.transactions: nothing is forgotten before all of them are far enough
     * @param retention of rows of periods
     * @param emitInterval between rows of the same key, at least
     * @param schemaIds of the rows, by topic
     * @param unsent counts boards that have changed and whose rows are still to be sent
     * @param tally of raw.transactions
     * @param childSuffix each row goes to the child that is named like its topic, with this at the end
     */
    public record Config(
            String store,
            String watermarkStore,
            int partitions,
            Duration retention,
            Duration emitInterval,
            ToIntFunction<String> schemaIds,
            AtomicLong unsent,
            Tally.OfTopic tally,
            String childSuffix) {}

    private final Config config;
    private final Rows rows;
    private final Retention retention;
    private final Sweeps sweeps = new Sweeps();
    private @Nullable Boards boards;
    private @Nullable Watermarks watermarks;
    private @Nullable Ticks ticks;

    public SalesMergeProcessor(Config config) {
        this.config = config;
        this.rows = new Rows(config.schemaIds);
        this.retention = new Retention(config.retention.toDays());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        boards = new Boards(context.getStateStore(config.store), config.unsent);
        watermarks = new Watermarks(context.getStateStore(config.watermarkStore), config.partitions);
        ticks = new Ticks(context, config.emitInterval, this::emit);
        ticks.need(true);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        ticks().need(true);
        if (record.key() == null) {
            take(Reached.unpack(record.value()));
            return;
        }
        Partial partial = Partial.unpack(record.value());
        if (isOver(Boards.board(record.key()), partial.sums())) {
            config.tally.missedPeriod();
        } else {
            boards().put(record.key(), partial);
        }
    }

    private void take(Reached reached) {
        if (reached.idle()) {
            watermarks().rest(reached.partition());
        } else {
            watermarks().advance(reached.partition(), reached.date());
        }
    }

    /** Only of a partition that was not waited for: one that is sends no such sums. */
    private boolean isOver(Board board, @Nullable Sums sums) {
        return board.isOfPeriod()
                && sums != null
                && retention.isOver(sums.newest(), watermarks().closedUntil());
    }

    private void emit(long now) {
        sendChanged(now);
        long least = watermarks().least();
        if (least > watermarks().closedUntil()) {
            watermarks().close(least);
        }
        long until = watermarks().closedUntil();
        if (sweeps.isDue(until)) {
            boards().forget(newest -> retention.canGo(newest, until), (board, row) -> rows.key(row));
        }
        ticks().need(false);
    }

    private void sendChanged(long now) {
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

    private Ticks ticks() {
        return Objects.requireNonNull(ticks, "init comes first");
    }

    private Watermarks watermarks() {
        return Objects.requireNonNull(watermarks, "init comes first");
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
