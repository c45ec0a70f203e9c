package dev.firn.sink.consume;

import dev.firn.sink.commit.Ledger;
import dev.firn.sink.commit.RejectMark;
import dev.firn.sink.commit.RejectSource;
import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.TableStore;
import dev.firn.sink.quarantine.HeldRejects;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.catalog.TableIdentifier;

/** Positions by the ledgers of the table and of the quarantine table. */
final class LedgerPositions implements Positions {
    private final TableStore store;
    private final TableIdentifier quarantine;
    private final HeldRejects heldRejects;

    LedgerPositions(TableStore store, TableIdentifier quarantine, HeldRejects heldRejects) {
        this.store = store;
        this.quarantine = quarantine;
        this.heldRejects = heldRejects;
    }

    @Override
    public Map<Source, Position> of(TableIdentifier table, Collection<Source> sources) {
        Ledger rows = store.ledger(table);
        Ledger rejects = store.ledger(quarantine);
        Map<Source, Position> positions = new TreeMap<>();
        for (Source source : sources) {
            RejectSource rejectSource = new RejectSource(table.toString(), source);
            Optional<Long> end = rows.end(source);
            RejectMark mark = rejects.rejectMark(rejectSource);
            boolean ahead = mark.rows() > 0 && mark.end() > end.orElse(0L);
            Set<Long> rejected = ahead ? heldRejects.from(rejectSource, end.orElse(0L)) : Set.of();
            positions.put(source, new Position(end, mark, rejected));
        }
        return positions;
    }
}
