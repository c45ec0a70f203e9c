package dev.firn.processor.window;

import dev.firn.processor.count.Tally;
import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The second stage of the minutes: keeps the facts of all raw partitions, and folds and sends each minute once, when every
 * raw partition that is not idle is past it. No task that lags makes facts late.
 */
public final class MinuteFoldProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    /** Where facts are kept, and how many partitions there are.
     *
     * @param factStore one that does not cache
     * @param partitions of the raw topic: all of them are waited for
     */
    public record Config(
            String factStore,
            String watermarkStore,
            int partitions,
            MinuteRow.Encoding encoding,
            Tally.OfTopic tally) {}

    /** Facts of the same minute and dimensions have the same bytes up to here. */
    private static final int TAIL = 2 * Long.BYTES;

    private final Config config;
    private final Packer packer = new Packer();
    private final MinuteRow row;
    private @Nullable KeyValueStore<byte[], byte[]> facts;
    private @Nullable Watermarks watermarks;
    private long closedUntil = Watermarks.NONE;

    public MinuteFoldProcessor(Config config) {
        this.config = config;
        this.row = new MinuteRow(config.encoding);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        facts = context.getStateStore(config.factStore);
        KeyValueStore<byte[], byte[]> store = context.getStateStore(config.watermarkStore);
        watermarks = new Watermarks(store, config.partitions);
        closedUntil = watermarks.closedUntil();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        MinuteMessage message = MinuteMessage.unpack(record.value());
        if (message instanceof MinuteMessage.Facts chunk) {
            keep(record.key(), chunk);
        } else if (message instanceof MinuteMessage.Watermark watermark) {
            watermarks().advance(watermark.partition(), watermark.time());
            close(record.timestamp());
        } else if (message instanceof MinuteMessage.Idle idle) {
            watermarks().rest(idle.partition());
            close(record.timestamp());
        }
    }

    private void keep(byte[] dimensions, MinuteMessage.Facts chunk) {
        if (chunk.minute() + OpenMinutes.MINUTE <= closedUntil) {
            config.tally.missedWindow(chunk.chunk().size());
            return;
        }
        byte[] key = packer.reset()
                .putSortable(chunk.minute())
                .putBytes(dimensions)
                .putSortable(chunk.partition())
                .putSortable(chunk.number())
                .toBytes();
        facts().put(key, chunk.chunk().facts());
    }

    private void close(long timestamp) {
        long until = watermarks().least();
        if (until <= closedUntil) {
            return;
        }
        closedUntil = until;
        watermarks().close(until);
        byte[] from = packer.reset().putSortable(Long.MIN_VALUE).toBytes();
        byte[] to = packer.reset().putSortable(until - OpenMinutes.MINUTE + 1).toBytes();
        List<byte[]> folded = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> chunks = facts().range(from, to)) {
            fold(chunks, folded, timestamp);
        }
        folded.forEach(facts()::delete);
    }

    private void fold(KeyValueIterator<byte[], byte[]> chunks, List<byte[]> folded, long timestamp) {
        byte[] group = null;
        while (chunks.hasNext()) {
            KeyValue<byte[], byte[]> chunk = chunks.next();
            byte[] next = Arrays.copyOf(chunk.key, chunk.key.length - TAIL);
            if (group != null && !Arrays.equals(group, next)) {
                send(group, timestamp);
            }
            group = next;
            FactChunk.of(chunk.value).fold(row::add);
            folded.add(chunk.key);
        }
        if (group != null) {
            send(group, timestamp);
        }
    }

    private void send(byte[] group, long timestamp) {
        Unpacker key = new Unpacker(group);
        long minute = key.takeSortable();
        byte[] dimensions = key.takeBytes();
        context().forward(new Record<>(dimensions, row.finish(minute, Dimensions.unpack(dimensions)), timestamp));
    }

    private KeyValueStore<byte[], byte[]> facts() {
        return Objects.requireNonNull(facts, "init comes first");
    }

    private Watermarks watermarks() {
        return Objects.requireNonNull(watermarks, "init comes first");
    }
}
