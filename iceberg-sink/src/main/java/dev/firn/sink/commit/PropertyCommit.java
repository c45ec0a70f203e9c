package dev.firn.sink.commit;

import java.util.LinkedHashSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;

/**
 * Changes properties of a table on the very base that was looked at, and lets no commit by on the base before: it makes a
 * snapshot of its own, without files. A REST catalog compares the branch's snapshot, and would merge anything else.
 */
final class PropertyCommit {
    private static final int ATTEMPTS = 20;

    private PropertyCommit() {}

    /** Sets one property of the table as it was loaded or last refreshed.
     *
     * @throws PinnedOperations.BaseMoved if another writer was faster
     * @throws RuntimeException whatever the catalog throws; it may have arrived then
     */
    static void set(Table table, String key, String value) {
        set(table, key, value, transaction -> {});
    }

    /** The same, together with other changes that make no snapshot.
     *
     * @throws PinnedOperations.BaseMoved if another writer was faster
     * @throws RuntimeException as {@link #set} does
     */
    static void set(Table table, String key, String value, Consumer<Transaction> others) {
        PinnedOperations pinned = PinnedOperations.of(table, new LinkedHashSet<>());
        Transaction transaction = Transactions.newTransaction(table.name(), pinned);
        AppendFiles nothing =
                transaction.newFastAppend().set(Ledgers.AVRO_BYTES, Long.toString(Ledgers.avroBytes(table)));
        if (!Ledgers.isReplaced(table) && Ledgers.lost(table).isEmpty()) {
            nothing.set(Ledgers.LEDGER, LedgerJson.write(Ledgers.of(table)));
            Ledgers.carryRemoved(nothing, table);
        }
        nothing.commit();
        transaction.updateProperties().set(key, value).commit();
        others.accept(transaction);
        transaction.commitTransaction();
    }

    /** Sets one property to what it is to be on whatever base it comes to, a bounded number of times. The table is refreshed.
     *
     * @throws PinnedOperations.BaseMoved if other writers were faster each time
     * @throws RuntimeException as {@link #set} does
     */
    static void setOnAnyBase(Table table, String key, Supplier<String> value) {
        for (int attempt = 1; ; attempt++) {
            try {
                set(table, key, value.get());
                return;
            } catch (PinnedOperations.BaseMoved e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                table.refresh();
            }
        }
    }
}
