package dev.firn.sink.upsert;

import dev.firn.sink.keys.FileRows;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Rows to be deleted. For one thread at a time. */
final class ObsoleteRows {
    private final FileRows rows = new FileRows();
    private final Map<String, Place> places = new HashMap<>();

    void add(Place file, long position) {
        places.put(file.file(), file);
        rows.add(file.file(), position);
    }

    void addAll(ObsoleteRows others) {
        places.putAll(others.places);
        rows.addAll(others.rows);
    }

    void addAll(Place file, Roaring64Bitmap positions) {
        positions.forEach(position -> add(file, position));
    }

    /** The table has the file no more. */
    void forget(String file) {
        places.remove(file);
        rows.remove(file);
    }

    void clear() {
        Set.copyOf(places.keySet()).forEach(this::forget);
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    Set<String> files() {
        return places.keySet();
    }

    /** One of {@link #files}. */
    Place place(String file) {
        return Objects.requireNonNull(places.get(file), file);
    }

    /** In one of {@link #files}. */
    Roaring64Bitmap positions(String file) {
        return Objects.requireNonNull(rows.byFile().get(file), file);
    }
}
