package dev.firn.sink.commit;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;

/**
 * From when on files of windows may come into a table. It is raised before old files are removed that no snapshot refers to, so
 * that a writer that was frozen since it wrote them can't commit them any more.
 */
public record AgeFence(Instant from) {
    /** In the table's properties. */
    public static final String PROPERTY = "firn.files-from";

    static AgeFence in(Map<String, String> properties) {
        return new AgeFence(Optional.ofNullable(properties.get(PROPERTY))
                .map(Instant::parse)
                .orElse(Instant.MIN));
    }

    Optional<String> refusal(Proposal proposal) {
        return refusal(proposal.begin());
    }

    /** Why files must not come into the table that were begun at that time; empty if they may. */
    Optional<String> refusal(Instant begin) {
        return begin.isBefore(from)
                ? Optional.of("files begun at %s, and from before %s they may have been removed".formatted(begin, from))
                : Optional.empty();
    }

    /**
     * Raises it.
     *
     * @return whether it surely is; the table given is refreshed
     */
    public boolean raise(Table table) {
        table.refresh();
        try {
            PropertyCommit.setOnAnyBase(
                    table, PROPERTY, () -> latest(in(table.properties()).from()).toString());
            table.refresh();
            return true;
        } catch (PinnedOperations.BaseMoved e) {
            return false;
        }
    }

    /**
     * Raises it on the very base that the table was loaded or last refreshed to, together with other changes that make no snapshot.
     *
     * @return whether it was; else another writer was faster
     * @throws RuntimeException whatever the catalog throws; it may have arrived then
     */
    public boolean raiseWith(Table table, Consumer<Transaction> others) {
        try {
            PropertyCommit.set(
                    table, PROPERTY, latest(in(table.properties()).from()).toString(), others);
            return true;
        } catch (PinnedOperations.BaseMoved e) {
            return false;
        }
    }

    private Instant latest(Instant other) {
        return other.isAfter(from) ? other : from;
    }
}
