package dev.firn.registry;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Keeps so many entries, the newest. Safe for many threads; a look-up takes no lock. */
final class BoundedCache<K, V> {
    private final int bound;
    private final Map<K, V> entries = new ConcurrentHashMap<>();
    private final Queue<K> order = new ConcurrentLinkedQueue<>();

    BoundedCache(int bound) {
        this.bound = bound;
    }

    @Nullable
    V get(K key) {
        return entries.get(key);
    }

    void put(K key, V value) {
        if (entries.put(key, value) == null) {
            order.add(key);
        }
        while (entries.size() > bound) {
            K oldest = order.poll();
            if (oldest == null) {
                return;
            }
            entries.remove(oldest);
        }
    }

    int size() {
        return entries.size();
    }
}
