package dev.firn.sink.upsert;

import dev.firn.sink.commit.Changes;
import dev.firn.sink.commit.Proposal;
import dev.firn.sink.commit.Upserts;
import dev.firn.sink.keys.KeySpace;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.catalog.TableIdentifier;

/** The indexes of all upsert tables that this instance commits to. */
public final class TableIndexes implements Upserts {
    private final KeySpace space;
    private final Map<TableIdentifier, TableIndex> indexes = new ConcurrentHashMap<>();

    public TableIndexes(KeySpace space) {
        this.space = space;
    }

    @Override
    public Changes changes(TableIdentifier table, Proposal proposal) {
        TableIndex index = indexes.computeIfAbsent(table, name -> new TableIndex(space));
        return new KeyedChanges(index, proposal);
    }
}
