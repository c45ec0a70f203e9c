package dev.firn.sink.commit;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who keeps a table in order, and until when, in the table's properties. It spares instances doing the same work twice, and nothing
 * more: clocks may differ, and a REST catalog lets two take it at the same moment. What is done under it must be right
 * without it.
 *
 * @param holder an instance, by a name that no other has
 */
public record Lease(String holder, Instant until) {
    /** In the table's properties, {@code HOLDER@UNTIL}. */
    public static final String PROPERTY = "firn.maintainer";

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final int ATTEMPTS = 5;

    /** The one that the properties tell of, whether it has run out or not. */
    public static Optional<Lease> in(Map<String, String> properties) {
        String text = properties.getOrDefault(PROPERTY, "");
        int at = text.lastIndexOf('@');
        return at < 0
                ? Optional.empty()
                : Optional.of(new Lease(text.substring(0, at), Instant.parse(text.substring(at + 1))));
    }

    /** Takes or keeps it, unless another holds it.
     *
     * @param table is refreshed
     * @return whether the holder has it now
     * @throws RuntimeException whatever the catalog throws
     */
    public static boolean take(Table table, String holder, Instant now, Duration length) {
        Instant enough = now.plus(length.dividedBy(2));
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            table.refresh();
            Optional<Lease> held =
                    in(table.properties()).filter(lease -> lease.until().isAfter(now));
            if (held.isPresent() && !held.get().holder().equals(holder)) {
                return false;
            }
            if (held.filter(lease -> lease.until().isAfter(enough)).isPresent()) {
                return true;
            }
            new Lease(holder, now.plus(length)).set(table);
        }
        return false;
    }

    /** Unless another commit is faster, of whatever. */
    private void set(Table table) {
        PinnedOperations pinned = PinnedOperations.of(table, new LinkedHashSet<>());
        try {
            Transaction transaction = Transactions.newTransaction(table.name(), pinned);
            transaction.updateProperties().set(PROPERTY, holder + "@" + until).commit();
            transaction.commitTransaction();
        } catch (PinnedOperations.BaseMoved e) {
            LOG.debug("Others were faster table={}", table.name(), e);
        }
    }
}
