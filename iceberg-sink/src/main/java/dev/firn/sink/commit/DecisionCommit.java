package dev.firn.sink.commit;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.UpdateProperties;

/** A decision as a commit of its own, without files. Tried again where another writer was faster or the response was
 * lost, a bounded number of times. */
final class DecisionCommit {
    private static final int ATTEMPTS = 10;

    private final Table table;
    private final Function<Ledger, Optional<Ledger>> decision;
    private final String version;
    private final String id = UUID.randomUUID().toString();

    DecisionCommit(Table table, Function<Ledger, Optional<Ledger>> decision, String version) {
        this.table = table;
        this.decision = decision;
        this.version = version;
    }

    /**
     * Commits.
     *
     * @param more properties that change with it
     * @return empty if there is nothing of the kind to decide
     * @throws RuntimeException what the catalog threw last; the decision may have arrived then
     */
    Optional<Decision> run(Consumer<UpdateProperties> more) {
        for (int attempt = 1; ; attempt++) {
            table.refresh();
            Optional<Snapshot> own = own();
            if (own.isPresent()) {
                return Optional.of(last(ledgerOf(own.get())));
            }
            Optional<Ledger> decided = decision.apply(base());
            if (decided.isEmpty() || committed(decided.get(), more, attempt)) {
                return decided.map(DecisionCommit::last);
            }
        }
    }

    private static Ledger ledgerOf(Snapshot snapshot) {
        return LedgerJson.readLedger(snapshot.summary().getOrDefault(Ledgers.LEDGER, ""));
    }

    /** Whether it surely is: a conflict or a lost response shows in the next attempt, which looks for this commit first. */
    private boolean committed(Ledger ledger, Consumer<UpdateProperties> more, int attempt) {
        PinnedOperations pinned = PinnedOperations.of(table, new LinkedHashSet<>());
        try {
            commit(pinned, ledger, more);
            return true;
        } catch (RuntimeException e) {
            // each catalog its own
            if (!pinned.sent() || attempt == ATTEMPTS) {
                throw e;
            }
            return false;
        }
    }

    private static Decision last(Ledger ledger) {
        return ledger.decisions().get(ledger.decisions().size() - 1);
    }

    /** The ledger that was there before, even where the history that it was in is cut off. */
    private Ledger base() {
        return Ledgers.isReplaced(table) ? LedgerCopy.in(table.properties()).ledger() : Ledgers.of(table);
    }

    private void commit(PinnedOperations pinned, Ledger ledger, Consumer<UpdateProperties> more) {
        Transaction transaction = Transactions.newTransaction(table.name(), pinned);
        String text = LedgerJson.write(ledger);
        AppendFiles nothing = transaction
                .newFastAppend()
                .set(Ledgers.LEDGER, text)
                .set(
                        Ledgers.DECISION,
                        last(ledger).kind().text() + " by " + last(ledger).by())
                .set(Ledgers.COMMIT_ID, id)
                .set(Ledgers.AVRO_BYTES, Long.toString(Ledgers.avroBytes(table)))
                .set(Ledgers.VERSION, version);
        Ledgers.carryRemoved(nothing, table);
        nothing.commit();
        UpdateProperties properties = transaction.updateProperties();
        LedgerCopy.set(properties, text, transaction.table().currentSnapshot());
        more.accept(properties);
        properties.commit();
        transaction.commitTransaction();
    }

    private Optional<Snapshot> own() {
        return StreamSupport.stream(table.snapshots().spliterator(), false)
                .filter(snapshot -> id.equals(snapshot.summary().get(Ledgers.COMMIT_ID)))
                .findFirst();
    }
}
