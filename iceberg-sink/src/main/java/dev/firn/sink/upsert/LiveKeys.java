package dev.firn.sink.upsert;

import dev.firn.sink.commit.Source;
import dev.firn.sink.keys.KeySpace;
import dev.firn.sink.keys.KeyTable;
import dev.firn.sink.table.UpsertKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.Table;

/** How many live rows an upsert table has beyond one per key and topic. */
public final class LiveKeys {
    private LiveKeys() {}

    /** By the topic of the rows; topics without any are left out. Takes up to 100 bytes of memory per key. */
    public static Map<String, Long> surplus(Table table, UpsertKey key, Set<Source> sources) {
        Map<String, KeyTable> known = new HashMap<>();
        Map<String, Long> surplus = new TreeMap<>();
        new RowScan(table, key.columns()).rows(sources, file -> true, (source, hash, offset, file, position) -> {
            KeyTable keys = known.computeIfAbsent(source.topic(), topic -> new KeyTable(KeySpace.onHeap()));
            if (keys.get(hash) != null) {
                surplus.merge(source.topic(), 1L, Long::sum);
            }
            keys.put(hash, offset, 1, 0);
        });
        return surplus;
    }
}
