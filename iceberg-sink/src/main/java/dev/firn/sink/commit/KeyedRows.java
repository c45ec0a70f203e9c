package dev.firn.sink.commit;

import dev.firn.sink.keys.FileRows;
import dev.firn.sink.keys.KeyHash;
import dev.firn.sink.keys.KeySpace;
import dev.firn.sink.keys.KeyTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a window does to the keys of an upsert table: the last version of each key, by source, and which of the window's own
 * rows that leaves behind. For one thread at a time.
 */
public final class KeyedRows {
    private final List<String> columns;
    private final KeySpace space;
    private final Map<Source, KeyTable> bySource = new HashMap<>();
    private final List<String> files = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final FileRows outdated = new FileRows();

    /** Nothing yet.
     *
     * @param columns that make the key, dotted
     * @param space for what is noted of each key
     */
    public KeyedRows(List<String> columns, KeySpace space) {
        this.columns = List.copyOf(columns);
        this.space = space;
    }

    public List<String> columns() {
        return columns;
    }

    /** All files that rows were written to. */
    List<String> files() {
        return files;
    }

    /** A row that was written. Offsets of a source come in their order. */
    public void written(Source source, KeyHash key, long offset, String file, long position) {
        int number = numbers.computeIfAbsent(file, name -> {
            files.add(name);
            return files.size();
        });
        put(source, key, offset, number, Math.toIntExact(position));
    }

    /** A key that has no row any more. */
    public void deleted(Source source, KeyHash key, long offset) {
        put(source, key, offset, KeyTable.DELETED, 0);
    }

    private void put(Source source, KeyHash key, long offset, int file, int position) {
        KeyTable keys = bySource.computeIfAbsent(source, name -> new KeyTable(space));
        KeyTable.Entry before = keys.get(key);
        if (before != null && !before.isDeletion()) {
            outdated.add(file(before), before.position());
        }
        keys.put(key, offset, file, position);
    }

    /** The file of an entry that is no deletion. */
    public String file(KeyTable.Entry entry) {
        return files.get(entry.file() - 1);
    }

    /** The last version of each key. */
    public Map<Source, KeyTable> bySource() {
        return bySource;
    }

    /** Rows of the window whose key has a later version in the window. */
    public FileRows outdated() {
        return outdated;
    }

    /** On the heap. */
    public long bytes() {
        long bytes = 0;
        for (KeyTable keys : bySource.values()) {
            bytes += keys.bytes();
        }
        return bytes;
    }

    /** Forgets the keys, and gives their room back. */
    public void release() {
        bySource.values().forEach(KeyTable::close);
        bySource.clear();
    }
}
