package dev.firn.processor.window;

import dev.firn.processor.event.Activity;
import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.pack.Utf8s;
import java.time.Duration;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** The number of events by country and product, for windows of 15 minutes every 5 minutes. */
final class TrendFacts implements Facts {
    static final Panes PANES = Panes.hopping(Duration.ofMinutes(15), Duration.ofMinutes(5));

    private final Packer packer = new Packer();

    @Override
    public Panes panes() {
        return PANES;
    }

    @Override
    public @Nullable Bytes dimensions(Activity event) {
        Utf8 product = event.productId();
        if (product == null) {
            return null;
        }
        Utf8s.put(event.country(), packer.reset());
        Utf8s.put(product, packer);
        return Bytes.wrap(packer.toBytes());
    }

    /** Products of one country are ranked. */
    @Override
    public byte[] route(byte[] dimensions) {
        return new Unpacker(dimensions).takeBytes();
    }

    @Override
    public void add(Activity event, int number, Packer chunk) {
        chunk.reset().putLong(number);
    }

    @Override
    public int perChunk() {
        return Integer.MAX_VALUE;
    }
}
