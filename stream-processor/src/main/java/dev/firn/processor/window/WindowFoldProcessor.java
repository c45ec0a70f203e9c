package dev.firn.processor.window;

import dev.firn.processor.count.Tally;
import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.watermark.Watermarks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The second stage of windows: keeps the facts of all raw partitions, and folds and sends each window once, when every
 * raw partition that is not idle is past it. No task that lags makes facts late.
 */
public final class WindowFoldProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    /** Where facts are kept, and how many partitions there are.
     *
     * @param factStore one that does not hold its entries
     * @param partitions of the raw topic: all of them are waited for
     */
    public record Config(
            String factStore, String watermarkStore, int partitions, WindowKind kind, Tally.OfTopic tally) {}

    private static final long NEVER = Long.MAX_VALUE;

    private final Config config;
    private final Panes panes;
    private final WindowRows rows;
    private final Packer packer = new Packer();
    private @Nullable KeyValueStore<byte[], byte[]> facts;
    private @Nullable Watermarks watermarks;
    private long closedUntil = Watermarks.NONE;

    public WindowFoldProcessor(Config config) {
        this.config = config;
        this.panes = config.kind.facts().panes();
        this.rows = config.kind.rows();
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
        PaneMessage message = PaneMessage.unpack(record.value());
        if (message instanceof PaneMessage.Chunk chunk) {
            keep(chunk);
        } else if (message instanceof PaneMessage.Watermark watermark) {
            if (watermarks().advance(watermark.partition(), watermark.time())) {
                close(record.timestamp());
            }
        } else if (message instanceof PaneMessage.Idle idle) {
            // only events move time: which partition falls silent first must not decide what is closed
            watermarks().rest(idle.partition());
        }
    }

    private void keep(PaneMessage.Chunk chunk) {
        if (chunk.pane() + panes.pane() <= closedUntil) {
            PaneFacts.read(chunk.facts().get(), (of, facts) -> config.tally.missedWindow(rows.events(facts)));
            return;
        }
        byte[] key = packer.reset()
                .putSortable(chunk.pane())
                .putByte(chunk.group())
                .putSortable(chunk.partition())
                .putSortable(chunk.number())
                .toBytes();
        facts().put(key, chunk.facts().get());
    }

    private void close(long timestamp) {
        long until = watermarks().least();
        if (until <= closedUntil) {
            return;
        }
        for (long end = nextEnd(closedUntil); end <= until; end = nextEnd(end)) {
            fold(end, timestamp);
        }
        closedUntil = until;
        watermarks().close(until);
    }

    /** End of the next window after those that have ended then: the first that has facts. */
    private long nextEnd(long ended) {
        try (KeyValueIterator<byte[], byte[]> left = facts().range(least(ended), null)) {
            if (!left.hasNext()) {
                return NEVER;
            }
            long first = pane(left.next().key) + panes.pane();
            return ended == Watermarks.NONE ? first : Math.max(first, ended + panes.pane());
        }
    }

    /** No chunk has a lesser key after windows have ended then; none that is deleted need be passed over. */
    private byte[] least(long ended) {
        long pane = ended == Watermarks.NONE ? Long.MIN_VALUE : panes.windowStart(ended + panes.pane());
        return packer.reset().putSortable(pane).toBytes();
    }

    private void fold(long end, long timestamp) {
        WindowRows.Out out = (key, row) -> context().forward(new Record<>(key, row, timestamp));
        rows.begin();
        byte[] from = packer.reset().putSortable(panes.windowStart(end)).toBytes();
        byte[] to = packer.reset().putSortable(end).toBytes();
        List<byte[]> done = new ArrayList<>();
        Map<Bytes, List<byte[]>> group = new TreeMap<>();
        byte[] last = null;
        try (KeyValueIterator<byte[], byte[]> chunks = facts().range(from, to)) {
            while (chunks.hasNext()) {
                KeyValue<byte[], byte[]> chunk = chunks.next();
                if (last != null && !isSameGroup(last, chunk.key)) {
                    add(group, end, out);
                }
                last = chunk.key;
                PaneFacts.read(
                        chunk.value,
                        (of, facts) -> group.computeIfAbsent(of, name -> new ArrayList<>())
                                .add(facts));
                if (pane(chunk.key) == panes.windowStart(end)) {
                    done.add(chunk.key);
                }
            }
        }
        add(group, end, out);
        rows.finish(end, out);
        // no later window has the first pane
        done.forEach(facts()::delete);
    }

    /** Of the same pane, too: both are first in the key. */
    private static boolean isSameGroup(byte[] one, byte[] other) {
        return Arrays.equals(one, 0, Long.BYTES + 1, other, 0, Long.BYTES + 1);
    }

    private void add(Map<Bytes, List<byte[]>> group, long end, WindowRows.Out out) {
        group.forEach((dimensions, all) -> all.forEach(facts -> rows.add(end, dimensions.get(), facts, out)));
        group.clear();
    }

    private static long pane(byte[] key) {
        return new Unpacker(key).takeSortable();
    }

    private KeyValueStore<byte[], byte[]> facts() {
        return Objects.requireNonNull(facts, "init comes first");
    }

    private Watermarks watermarks() {
        return Objects.requireNonNull(watermarks, "init comes first");
    }
}
