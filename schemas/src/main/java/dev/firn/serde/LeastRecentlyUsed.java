package dev.firn.serde;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of one thread that forgets what was not asked for longest. */
final class LeastRecentlyUsed<K, V> extends LinkedHashMap<K, V> {
    private final int bound;

    LeastRecentlyUsed(int bound) {
        super(16, 0.75f, true);
        this.bound = bound;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > bound;
    }
}
