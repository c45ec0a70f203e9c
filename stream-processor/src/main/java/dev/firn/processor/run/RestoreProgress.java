package dev.firn.processor.run;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** How far the stores are restored from their changelogs. Safe for several threads. */
public final class RestoreProgress implements StateRestoreListener {
    /** Of one store's partition, in records. */
    public record Store(long restored, long total) {
        Store and(long more) {
            return new Store(restored + more, total);
        }
    }

    private final Map<String, Store> stores = new ConcurrentHashMap<>();

    /** Those that are being restored, by {@code store-partition}. */
    public Map<String, Store> stores() {
        return new TreeMap<>(stores);
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long startingOffset, long endingOffset) {
        stores.put(name(changelog, store), new Store(0, endingOffset - startingOffset));
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long batchEndOffset, long restored) {
        stores.computeIfPresent(name(changelog, store), (name, before) -> before.and(restored));
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long restored) {
        stores.remove(name(changelog, store));
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long restored) {
        stores.remove(name(changelog, store));
    }

    private static String name(TopicPartition changelog, String store) {
        return store + "-" + changelog.partition();
    }
}
