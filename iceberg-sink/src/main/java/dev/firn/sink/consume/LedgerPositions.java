package dev.firn.sink.consume;

import dev.firn.sink.commit.Ledger;
import dev.firn.sink.commit.Register;
import dev.firn.sink.commit.RejectMark;
import dev.firn.sink.commit.RejectSource;
import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.TableStore;
import dev.firn.sink.quarantine.HeldRejects;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.iceberg.catalog.TableIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Positions by the ledgers of the table and of the quarantine table. */
final class LedgerPositions implements Positions {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerPositions.class);

    private final TableStore store;
    private final TableIdentifier quarantine;
    private final HeldRejects heldRejects;
    private final Register register;

    LedgerPositions(TableStore store, TableIdentifier quarantine, HeldRejects heldRejects, Register register) {
        this.store = store;
        this.quarantine = quarantine;
        this.heldRejects = heldRejects;
        this.register = register;
    }

    @Override
    public Map<Source, Position> of(TableIdentifier table, Collection<Source> sources, String owner) {
        Ledger before = rows(table);
        Ledger rows = takeOver(table, sources, owner) ? store.ledger(table) : before;
        Ledger rejects = rejects();
        Map<Source, Position> positions = new TreeMap<>();
        for (Source source : sources) {
            RejectSource rejectSource = new RejectSource(table.toString(), source);
            Optional<Long> end = rows.end(source);
            RejectMark mark = rejects.rejectMark(rejectSource);
            boolean ahead = mark.rows() > 0 && mark.end() > end.orElse(0L);
            Set<Long> rejected = ahead
                    ? heldRejects.from(
                            rejectSource, end.orElse(0L), origin(rows, source).topicId())
                    : Set.of();
            positions.put(source, new Position(end, origin(rows, source), knows(rows, source.topic()), mark, rejected));
        }
        return positions;
    }

    /**
     * Shuts out another lane that rejected records of these sources, before anything is read: it may take for rows what this one
     * rejects, or the other way round.
     *
     * @return whether there was one
     */
    private boolean takeOver(TableIdentifier table, Collection<Source> sources, String owner) {
        Map<RejectSource, String> mine = new TreeMap<>();
        sources.forEach(source -> mine.put(new RejectSource(table.toString(), source), owner));
        Optional<String> others =
                register.owners().refusal(mine).or(() -> store.owners(table).refusal(mine));
        others.ifPresent(other -> {
            LOG.info("Takes over table={} from={}", table, other);
            register.own(mine);
            store.own(table, mine);
        });
        return others.isPresent();
    }

    /** Where someone has dropped the quarantine table, it begins anew: what was in it was theirs to delete. */
    private Ledger rejects() {
        store.expect(quarantine, Optional.empty());
        return store.ledger(quarantine);
    }

    /** Only of the table that Firn has written to by that name, if it has. */
    private Ledger rows(TableIdentifier table) {
        Optional<UUID> known = register.known(table);
        store.expect(table, known);
        Ledger ledger = store.ledger(table);
        if (known.isEmpty() && !ledger.held().isEmpty()) {
            store.id(table).ifPresent(id -> register.note(table, id));
        }
        return ledger;
    }

    private static Origin origin(Ledger ledger, Source source) {
        Integer partitions = ledger.partitions().get(source.topic());
        return new Origin(
                ledger.cluster(),
                Optional.ofNullable(ledger.topicIds().get(source.topic())),
                partitions == null ? OptionalInt.empty() : OptionalInt.of(partitions));
    }

    private static boolean knows(Ledger ledger, String topic) {
        return ledger.held().keySet().stream().anyMatch(source -> source.topic().equals(topic));
    }
}
