package dev.firn.processor.window;

import dev.firn.processor.event.Activity;
import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.pack.Utf8s;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Of each event its product, by country, for windows of 15 minutes every 5 minutes. When a pane closes, how many events each
 * product had.
 */
final class TrendFacts implements Facts {
    static final Panes PANES = Panes.hopping(Duration.ofMinutes(15), Duration.ofMinutes(5));

    private static final int PER_CHUNK = 256;

    /** Of a message, far below what one can hold. */
    private static final int MERGED_BYTES = 64 * 1024;

    private final Packer packer = new Packer();

    @Override
    public Panes panes() {
        return PANES;
    }

    @Override
    public @Nullable Bytes dimensions(Activity event) {
        return event.productId() == null ? null : Bytes.wrap(Utf8s.bytes(event.country()));
    }

    @Override
    public void add(Activity event, Packer chunk) {
        Utf8s.put(Objects.requireNonNull(event.productId(), "counts nowhere without"), chunk);
    }

    @Override
    public int perChunk() {
        return PER_CHUNK;
    }

    @Override
    public List<byte[]> merged(List<byte[]> chunks) {
        Map<Utf8, Long> counts = new TreeMap<>();
        for (byte[] chunk : chunks) {
            Unpacker in = new Unpacker(chunk);
            while (in.hasMore()) {
                counts.merge(Utf8s.take(in), 1L, Long::sum);
            }
        }
        return packed(counts);
    }

    private List<byte[]> packed(Map<Utf8, Long> counts) {
        List<byte[]> merged = new ArrayList<>();
        packer.reset();
        counts.forEach((product, events) -> {
            Utf8s.put(product, packer);
            packer.putLong(events);
            if (packer.size() >= MERGED_BYTES) {
                merged.add(packer.toBytes());
                packer.reset();
            }
        });
        if (packer.size() > 0) {
            merged.add(packer.toBytes());
        }
        return merged;
    }

    /** Receives what was merged. */
    interface Count {
        void of(Utf8 product, long events);
    }

    static void read(byte[] merged, Count to) {
        Unpacker in = new Unpacker(merged);
        while (in.hasMore()) {
            to.of(Utf8s.take(in), in.takeLong());
        }
    }
}
