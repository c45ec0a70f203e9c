package dev.firn.sink.commit;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;

/**
 * From when on files of windows may come into a table. It is raised before old files are removed that no snapshot refers to, so
 * that a writer that was frozen since it wrote them can't commit them any more.
 */
public record AgeFence(Instant from) {
    /** In the table's properties. */
    public static final String PROPERTY = "firn.files-from";

    private static final int ATTEMPTS = 10;

    static AgeFence in(Map<String, String> properties) {
        return new AgeFence(Optional.ofNullable(properties.get(PROPERTY))
                .map(Instant::parse)
                .orElse(Instant.MIN));
    }

    Optional<String> refusal(Proposal proposal) {
        return proposal.begin().isBefore(from)
                ? Optional.of("files begun at %s, and from before %s they may have been removed"
                        .formatted(proposal.begin(), from))
                : Optional.empty();
    }

    /**
     * Raises it, with a snapshot, since not every catalog takes a change of properties alone for one that others' commits must
     * have seen.
     *
     * @return whether it surely is; the table given is refreshed
     */
    public boolean raise(Table table) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            table.refresh();
            if (!in(table.properties()).from().isBefore(from)) {
                return true;
            }
            try {
                commit(table);
            } catch (PinnedOperations.BaseMoved e) {
                // another writer was faster; the next attempt sees what has become of it
                continue;
            }
        }
        return false;
    }

    private void commit(Table table) {
        TableOperations operations = ((HasTableOperations) table).operations();
        PinnedOperations pinned = new PinnedOperations(operations, operations.current(), new LinkedHashSet<>());
        Transaction transaction = Transactions.newTransaction(table.name(), pinned);
        AppendFiles nothing = transaction.newFastAppend();
        Ledgers.carry(nothing, transaction.table());
        nothing.commit();
        transaction.updateProperties().set(PROPERTY, from.toString()).commit();
        transaction.commitTransaction();
    }
}
