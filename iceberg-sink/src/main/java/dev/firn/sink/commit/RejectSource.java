package dev.firn.sink.commit;

import java.util.Comparator;

/** The records of one source that one table rejected.
 *
 * @param target the table that the records were meant for
 */
public record RejectSource(String target, Source source) implements Comparable<RejectSource> {
    private static final Comparator<RejectSource> ORDER =
            Comparator.comparing(RejectSource::target).thenComparing(RejectSource::source);

    @Override
    public int compareTo(RejectSource other) {
        return ORDER.compare(this, other);
    }
}
