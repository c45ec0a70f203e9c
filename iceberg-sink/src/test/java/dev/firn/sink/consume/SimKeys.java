package dev.firn.sink.consume;

import dev.firn.sink.commit.KeyedRows;
import dev.firn.sink.commit.Proposal;
import dev.firn.sink.keys.KeyHash;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;

/** Which rows of a simulated table are deleted, and where the live row of each key is.
 *
 * @param deleted {@code FILE#POSITION}
 * @param live the same of each key's row
 */
record SimKeys(Set<String> deleted, Map<KeyHash, String> live) {
    static final SimKeys NONE = new SimKeys(Set.of(), Map.of());

    SimKeys plus(Proposal proposal) {
        if (proposal.keys().isEmpty()) {
            return this;
        }
        Set<String> nextDeleted = new HashSet<>(deleted);
        Map<KeyHash, String> nextLive = new HashMap<>(live);
        for (KeyedRows keyed : proposal.keys()) {
            keyed.outdated().byFile().forEach((file, rows) -> rows.forEach(row -> nextDeleted.add(place(file, row))));
            keyed.bySource()
                    .values()
                    .forEach(keys -> keys.forEach((key, entry) -> {
                        String before = entry.isDeletion()
                                ? nextLive.remove(key)
                                : nextLive.put(key, place(keyed.file(entry), entry.position()));
                        if (before != null) {
                            nextDeleted.add(before);
                        }
                    }));
        }
        return new SimKeys(nextDeleted, nextLive);
    }

    private static String place(String file, long row) {
        return file + "#" + row;
    }

    /** Every row that is not deleted: twice what is there twice. */
    List<String> rows(List<DataFile> files, Function<String, List<String>> rowsOf) {
        return files.stream()
                .map(DataFile::location)
                .flatMap(file -> live(file, rowsOf.apply(file)).stream())
                .toList();
    }

    private List<String> live(String file, List<String> rows) {
        return livePositions(file, rows).mapToObj(rows::get).toList();
    }

    private IntStream livePositions(String file, List<String> rows) {
        return IntStream.range(0, rows.size()).filter(row -> !deleted.contains(place(file, row)));
    }

    /** Of those rows of the files that are not deleted, as {@link #rows} has them. */
    List<String> places(List<DataFile> files, Function<String, List<String>> rowsOf) {
        return files.stream()
                .map(DataFile::location)
                .flatMap(file -> livePositions(file, rowsOf.apply(file)).mapToObj(row -> place(file, row)))
                .toList();
    }

    /** After rows were copied into another file; those that are deleted by now are deleted there.
     *
     * @param from where they were, in the order that they are in there
     */
    SimKeys copied(List<String> from, String file) {
        Set<String> nextDeleted = new HashSet<>(deleted);
        Map<String, String> moved = new HashMap<>();
        for (int row = 0; row < from.size(); row++) {
            moved.put(from.get(row), place(file, row));
            if (deleted.contains(from.get(row))) {
                nextDeleted.add(place(file, row));
            }
        }
        Map<KeyHash, String> nextLive = new HashMap<>(live);
        nextLive.replaceAll((key, place) -> moved.getOrDefault(place, place));
        return new SimKeys(nextDeleted, nextLive);
    }

    /** After the live rows of all files were put into one, in their order. */
    SimKeys movedTo(String file, List<String> rows, Function<String, KeyHash> keyOf) {
        Map<KeyHash, String> moved = new HashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            moved.put(keyOf.apply(rows.get(row)), place(file, row));
        }
        return new SimKeys(Set.of(), moved);
    }
}
