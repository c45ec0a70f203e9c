package dev.firn.sink.commit;

import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.catalog.TableIdentifier;

/** Tables that keep a ledger. Safe for use by many threads. */
public interface TableStore {
    /** The table's ledger as it is now; {@link Ledger#EMPTY} if there is no such table.
     *
     * @throws TableLostException if it is not the table any more that was there before
     * @throws RuntimeException whatever the catalog throws while it can't be asked
     */
    Ledger ledger(TableIdentifier table);

    /** Takes the table for the one that was there before, whatever it is now. */
    void accept(TableIdentifier table);

    /** A commit that nothing has been attempted of yet. */
    TableCommit prepare(TableIdentifier table, Proposal proposal);

    /** Deletes files that were never proposed. Does not throw for a failure of the storage. */
    void delete(TableIdentifier table, List<DataFile> files);
}
