package dev.firn.processor.dedup;

import dev.firn.processor.check.Probed;
import dev.firn.processor.pack.Packer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What is usual of a number, for each rule and each key of Kafka's, in a store. */
final class Usual {
    private static final byte[] NO_KEY = {};

    private final KeyValueStore<byte[], byte[]> store;
    private final Packer packer = new Packer();
    /** By the rule's path. */
    private final Map<String, byte[]> prefixes = new HashMap<>();

    Usual(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    /** Whether one of the values is further than the threshold from what is usual. */
    boolean isAnomaly(Probed probed, double threshold, byte @Nullable [] series) {
        if (probed.values().isEmpty()) {
            return false;
        }
        Norm norm = Norm.unpack(store.get(key(probed, series)));
        return probed.values().stream().anyMatch(value -> norm.distance((Double) value) > threshold);
    }

    void add(Probed probed, byte @Nullable [] series) {
        if (probed.values().isEmpty()) {
            return;
        }
        byte[] key = key(probed, series);
        Norm norm = Norm.unpack(store.get(key));
        for (Object value : probed.values()) {
            norm = norm.and((Double) value);
        }
        store.put(key, norm.pack());
    }

    private byte[] key(Probed probed, byte @Nullable [] series) {
        String path = probed.probe().rule().path().toString();
        byte[] prefix = prefixes.computeIfAbsent(path, text -> text.getBytes(StandardCharsets.UTF_8));
        byte[] of = series == null ? NO_KEY : series;
        return packer.reset().putBytes(prefix).putRaw(of, of.length).toBytes();
    }
}
