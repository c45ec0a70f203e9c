package dev.firn.processor.dedup;

import dev.firn.processor.check.Probed;
import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.store.Sweeps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What is usual of a number, for each rule and each key of Kafka's, in a store. A key of which nothing came for {@link #DAYS}
 * days of event time begins anew.
 */
final class Usual {
    /** So long is remembered what was usual. */
    static final int DAYS = 90;

    private static final long DAY = 86_400_000_000L;
    private static final byte[] NO_KEY = {};

    private final KeyValueStore<byte[], byte[]> store;
    private final Packer packer = new Packer();
    private final Sweeps sweeps = new Sweeps();
    /** By the rule's path. */
    private final Map<String, byte[]> prefixes = new HashMap<>();

    Usual(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    /**
     * Whether one of the values is further than the threshold from what is usual.
     *
     * @param newest event time so far, in epoch microseconds
     */
    boolean isAnomaly(Probed probed, double threshold, byte @Nullable [] series, long newest) {
        if (probed.values().isEmpty()) {
            return false;
        }
        Norm norm = norm(key(probed, series), day(newest));
        return probed.values().stream().anyMatch(value -> norm.distance((Double) value) > threshold);
    }

    /** The values are part of the series from now on. */
    void add(Probed probed, byte @Nullable [] series, long newest) {
        long today = day(newest);
        if (sweeps.isDue(today)) {
            outdated(today).forEach(store::delete);
        }
        if (probed.values().isEmpty()) {
            return;
        }
        byte[] key = key(probed, series);
        Norm norm = norm(key, today);
        for (Object value : probed.values()) {
            norm = norm.and((Double) value);
        }
        norm.pack(packer.reset().putSortable(today));
        store.put(key, packer.toBytes());
    }

    /** The answer must not depend on when the store was swept. */
    private Norm norm(byte[] key, long today) {
        byte[] kept = store.get(key);
        if (kept == null) {
            return Norm.NEW;
        }
        Unpacker in = new Unpacker(kept);
        return isOutdated(in.takeSortable(), today) ? Norm.NEW : Norm.unpack(in);
    }

    private List<byte[]> outdated(long today) {
        List<byte[]> outdated = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> one = all.next();
                if (isOutdated(new Unpacker(one.value).takeSortable(), today)) {
                    outdated.add(one.key);
                }
            }
        }
        return outdated;
    }

    private static boolean isOutdated(long day, long today) {
        return day < today - DAYS;
    }

    private static long day(long time) {
        return Math.floorDiv(time, DAY);
    }

    private byte[] key(Probed probed, byte @Nullable [] series) {
        String path = probed.probe().rule().path().toString();
        byte[] prefix = prefixes.computeIfAbsent(path, text -> text.getBytes(StandardCharsets.UTF_8));
        byte[] of = series == null ? NO_KEY : series;
        return packer.reset().putBytes(prefix).putRaw(of, of.length).toBytes();
    }
}
