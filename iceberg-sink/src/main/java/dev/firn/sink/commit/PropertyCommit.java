package dev.firn.sink.commit;

import java.util.LinkedHashSet;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;

/** Changes properties of a table on the very base that was looked at. */
final class PropertyCommit {
    private PropertyCommit() {}

    /** Sets one property of the table as it was loaded or last refreshed.
     *
     * @throws PinnedOperations.BaseMoved if another writer was faster
     * @throws RuntimeException whatever the catalog throws; it may have arrived then
     */
    static void set(Table table, String key, String value) {
        TableOperations operations = ((HasTableOperations) table).operations();
        PinnedOperations pinned = new PinnedOperations(operations, operations.current(), new LinkedHashSet<>());
        Transaction transaction = Transactions.newTransaction(table.name(), pinned);
        transaction.updateProperties().set(key, value).commit();
        transaction.commitTransaction();
    }
}
