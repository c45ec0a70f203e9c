package dev.firn.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The name that someone probably meant. */
public final class Closest {
    private Closest() {}

    /** The candidate nearest to what was written, if any is near enough to be a slip of the pen. */
    public static Optional<String> to(String written, Collection<String> candidates) {
        int tolerance = Math.max(2, written.length() / 4);
        return candidates.stream()
                .filter(candidate -> distance(written, candidate) <= tolerance)
                .min(Comparator.<String>comparingInt(candidate -> distance(written, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** A half-sentence to append to an error: {@code "; did you mean 'x'?"}, or nothing. */
    public static String hint(String written, Collection<String> candidates) {
        return to(written, candidates)
                .map(closest -> "; did you mean '" + closest + "'?")
                .orElse("");
    }

    /** Levenshtein's: insertions, deletions and replacements that make one of the other. */
    private static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column < above.length; column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[above.length];
            current[0] = row;
            for (int column = 1; column < above.length; column++) {
                int replaced = above[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(above[column], current[column - 1]));
            }
            above = current;
        }
        return above[to.length()];
    }
}
