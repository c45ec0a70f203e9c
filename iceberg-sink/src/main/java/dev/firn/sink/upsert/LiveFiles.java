package dev.firn.sink.upsert;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The data files that hold live rows of the index, by a small number. Forgets those that hold none any more. */
final class LiveFiles {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Integer, File> files = new HashMap<>();
    private int last;

    private static final class File {
        private final Place place;
        private long rows;

        private File(Place place) {
            this.place = place;
        }
    }

    /** The number of a file that takes one more row. */
    int add(Place place) {
        int number = numbers.computeIfAbsent(place.file(), name -> {
            files.put(++last, new File(place));
            return last;
        });
        File file = files.get(number);
        if (file != null) {
            file.rows++;
        }
        return number;
    }

    /** A row less. */
    void remove(int number) {
        File file = files.get(number);
        if (file != null && --file.rows == 0) {
            forget(file.place.file());
        }
    }

    /** The table has the file no more. */
    void forget(String location) {
        Integer number = numbers.remove(location);
        if (number != null) {
            files.remove(number);
        }
    }

    /** Null if the table has the file no more. */
    @Nullable
    Place place(int number) {
        File file = files.get(number);
        return file == null ? null : file.place;
    }

    @Nullable
    Place place(String location) {
        Integer number = numbers.get(location);
        return number == null ? null : place(number);
    }

    void clear() {
        numbers.clear();
        files.clear();
    }
}
