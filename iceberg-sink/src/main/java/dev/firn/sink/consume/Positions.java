package dev.firn.sink.consume;

import dev.firn.sink.commit.Source;
import java.util.Collection;
import java.util.Map;
import org.apache.iceberg.catalog.TableIdentifier;

/** Reads from the tables where they stand. */
interface Positions {
    /** Where the table stands with each of the sources, which are the caller's from now on where records of them were rejected.
     *
     * @param owner the caller, by a name that no other ever has
     * @throws RuntimeException whatever the catalog throws while it can't be asked
     */
    Map<Source, Position> of(TableIdentifier table, Collection<Source> sources, String owner);
}
