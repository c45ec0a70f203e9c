package dev.firn.sink.consume;

import dev.firn.sink.commit.Ledger;
import dev.firn.sink.commit.RejectMark;
import dev.firn.sink.commit.RejectSource;
import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.TableLostException;
import dev.firn.sink.commit.TableStore;
import dev.firn.sink.quarantine.HeldRejects;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.catalog.TableIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Positions by the ledgers of the table and of the quarantine table. */
final class LedgerPositions implements Positions {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerPositions.class);

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
        Ledger rejects = rejects();
        Map<Source, Position> positions = new TreeMap<>();
        for (Source source : sources) {
            RejectSource rejectSource = new RejectSource(table.toString(), source);
            Optional<Long> end = rows.end(source);
            RejectMark mark = rejects.rejectMark(rejectSource);
            boolean ahead = mark.rows() > 0 && mark.end() > end.orElse(0L);
            Set<Long> rejected = ahead ? heldRejects.from(rejectSource, end.orElse(0L)) : Set.of();
            positions.put(source, new Position(end, origin(rows, source), knows(rows, source.topic()), mark, rejected));
        }
        return positions;
    }

    /** Where someone has dropped the quarantine table, it begins anew: what was in it was theirs to delete. */
    private Ledger rejects() {
        try {
            return store.ledger(quarantine);
        } catch (TableLostException e) {
            LOG.warn("Begins with a new quarantine table={}", quarantine, e);
            store.accept(quarantine);
            return store.ledger(quarantine);
        }
    }

    private static Origin origin(Ledger ledger, Source source) {
        return new Origin(
                ledger.cluster(), Optional.ofNullable(ledger.topicIds().get(source.topic())));
    }

    private static boolean knows(Ledger ledger, String topic) {
        return ledger.held().keySet().stream().anyMatch(source -> source.topic().equals(topic));
    }
}
