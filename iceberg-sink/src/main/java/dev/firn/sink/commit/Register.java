package dev.firn.sink.commit;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Which tables Firn has written to: their ids, kept outside of themselves, so that a table that is gone is missed. Safe for
 * use by many threads. Throws whatever the catalog throws while it can't be asked.
 */
public interface Register {
    /** The id of the table that Firn has written to by that name, if it has. */
    Optional<UUID> known(TableIdentifier table);

    /** Notes the table, before the first row is committed to it. Cheap for one that this process knows to be noted.
     *
     * @throws TableLostException if another one is noted by that name
     */
    void note(TableIdentifier name, UUID id);

    /** Notes the table instead of whatever was noted by that name. */
    void replace(TableIdentifier name, UUID id);

    /** Who alone may commit rejects. */
    Owners owners();

    /** Makes them the owners, whoever was before: what those have not committed by now they never will. */
    void own(Map<RejectSource, String> owners);
}
