package dev.firn.sink.keys;

import java.util.HashMap;
import java.util.Map;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Positions of rows, by file. For one thread at a time. */
public final class FileRows {
    private final Map<String, Roaring64Bitmap> positions = new HashMap<>();

    public void add(String file, long position) {
        positions.computeIfAbsent(file, name -> new Roaring64Bitmap()).addLong(position);
    }

    public void addAll(FileRows others) {
        others.positions.forEach((file, rows) ->
                positions.computeIfAbsent(file, name -> new Roaring64Bitmap()).or(rows));
    }

    /** Forgets what is in a file. */
    public void remove(String file) {
        positions.remove(file);
    }

    /** Positions by file. */
    public Map<String, Roaring64Bitmap> byFile() {
        return positions;
    }

    public boolean isEmpty() {
        return positions.isEmpty();
    }
}
