package dev.firn.sink.commit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

    /** Takes only that table for the one by the name from now on; whatever is there, if it is empty. */
    void expect(TableIdentifier table, Optional<UUID> id);

    /** The table's id now, empty if there is no table. Throws as {@link #ledger} does. */
    Optional<UUID> id(TableIdentifier table);

    /** Who alone may commit to the table. Throws as {@link #ledger} does. */
    Owners owners(TableIdentifier table);

    /**
     * Makes them the owners, if there is a table, whoever was before: what those have not committed by now they never will.
     * Throws as {@link #ledger} does.
     */
    void own(TableIdentifier table, Map<RejectSource, String> owners);

    /**
     * Shuts all others out of the table, before rejects are committed that another may take for rows. The advance must fit. Tries
     * once, as {@link TableCommit#attempt} does.
     */
    Claimed claim(TableIdentifier table, Advance advance);

    /** A commit that nothing has been attempted of yet. */
    TableCommit prepare(TableIdentifier table, Proposal proposal);

    /** Deletes files that were never proposed. Does not throw for a failure of the storage. */
    void delete(TableIdentifier table, List<DataFile> files);
}
