package dev.firn.sink.upsert;

import dev.firn.sink.commit.KeyedRows;
import dev.firn.sink.commit.Ledger;
import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.Proposal;
import dev.firn.sink.commit.Source;
import dev.firn.sink.keys.KeyHash;
import dev.firn.sink.keys.KeySpace;
import dev.firn.sink.keys.KeyTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the live row of each key of an upsert table is, for the sources that this instance commits, in one of the table's
 * snapshots. Read from the table where nothing is known, and followed from snapshot to snapshot afterwards. After any
 * exception or error it knows nothing. For one thread at a time.
 */
final class TableIndex {
    private static final Logger LOG = LoggerFactory.getLogger(TableIndex.class);

    private final KeySpace space;
    private final Map<Source, SourceKeys> sources = new HashMap<>();
    private final LiveFiles files = new LiveFiles();
    /** Rows that a read of the table found to be older than another row of their key. */
    private final ObsoleteRows superseded = new ObsoleteRows();

    private List<String> key = List.of();
    private @Nullable Long snapshotId;

    TableIndex(KeySpace space) {
        this.space = space;
    }

    /** Brings the index to the base, for the sources of the proposal. */
    void follow(Table base, Proposal proposal) {
        whole(() -> {
            keyed(proposal);
            follow(base, Optional.empty());
            dropOthers(Ledgers.of(base));
            load(base, proposal);
        });
    }

    /** Knows nothing afterwards, rather than a part, if it throws. */
    private void whole(Runnable change) {
        boolean done = false;
        try {
            change.run();
            done = true;
        } finally {
            if (!done) {
                reset();
            }
        }
    }

    private void keyed(Proposal proposal) {
        List<String> wanted = proposal.keys().get(0).columns();
        if (!wanted.equals(key)) {
            reset();
            key = wanted;
        }
    }

    private void follow(Table table, Optional<Proposal> pending) {
        Snapshot current = table.currentSnapshot();
        Long id = current == null ? null : (Long) current.snapshotId();
        if (Objects.equals(id, snapshotId)) {
            return;
        }
        Optional<Moves> moves = snapshotId == null || id == null ? Optional.empty() : Moves.since(snapshotId, table);
        if (moves.isPresent()) {
            follow(table, moves.get(), pending);
        } else {
            reset();
        }
        snapshotId = id;
    }

    private void follow(Table table, Moves moves, Optional<Proposal> pending) {
        pending.filter(proposal -> moves.snapshots().stream()
                        .anyMatch(snapshot -> proposal.id()
                                .toString()
                                .equals(snapshot.summary().get(Ledgers.COMMIT_ID))))
                .ifPresent(this::apply);
        if (!moves.isEmpty()) {
            LOG.info(
                    "Rows were moved table={} files_removed={} files_added={}",
                    table.name(),
                    moves.removed().size(),
                    moves.added().size());
            moves.removed().forEach(file -> {
                files.forget(file);
                superseded.forget(file);
            });
            new RowScan(table, key).rows(sources.keySet(), moves.added()::contains, this::found);
        }
    }

    /** Another instance has committed for these meanwhile, or the table went back. */
    private void dropOthers(Ledger ledger) {
        sources.entrySet().removeIf(entry -> {
            SourceKeys known = entry.getValue();
            if (known.end().equals(ledger.end(entry.getKey()))) {
                return false;
            }
            known.keys().forEach((hash, row) -> files.remove(row.file()));
            known.close();
            return true;
        });
    }

    private void load(Table base, Proposal proposal) {
        Set<Source> missing = proposal.advance().ranges().stream()
                .map(OffsetRange::source)
                .filter(source -> !sources.containsKey(source))
                .collect(Collectors.toCollection(HashSet::new));
        if (missing.isEmpty()) {
            return;
        }
        Ledger ledger = Ledgers.of(base);
        missing.forEach(source -> sources.put(source, new SourceKeys(space, ledger.end(source))));
        new RowScan(base, key).rows(missing, file -> true, this::found);
        LOG.info("Keys read table={} sources={} keys={}", base.name(), missing, keys(missing));
    }

    private long keys(Set<Source> of) {
        return sources.entrySet().stream()
                .filter(entry -> of.contains(entry.getKey()))
                .mapToLong(entry -> entry.getValue().keys().size())
                .sum();
    }

    /** A live row of the table. */
    private void found(Source source, KeyHash hash, long offset, Place file, int position) {
        KeyTable keys = of(source).keys();
        KeyTable.Entry known = keys.get(hash);
        Place before = known == null ? null : files.place(known.file());
        if (known != null && known.offset() > offset) {
            superseded.add(file, position);
            return;
        }
        if (known != null && before != null) {
            if (before.file().equals(file.file()) && known.position() == position) {
                return;
            }
            superseded.add(before, known.position());
            files.remove(known.file());
        }
        keys.put(hash, offset, files.add(file), position);
    }

    private SourceKeys of(Source source) {
        return Objects.requireNonNull(sources.get(source), "not read");
    }

    /** The rows that the proposal leaves behind, on the base that was followed to. */
    ObsoleteRows obsolete(Proposal proposal) {
        ObsoleteRows rows = new ObsoleteRows();
        rows.addAll(superseded);
        Map<String, Place> own = places(proposal);
        for (KeyedRows keyed : proposal.keys()) {
            keyed.outdated().byFile().forEach((file, positions) -> rows.addAll(place(own, file), positions));
            keyed.bySource().forEach((source, window) -> {
                KeyTable known = of(source).keys();
                window.forEach((hash, entry) -> add(known.get(hash), rows));
            });
        }
        return rows;
    }

    private void add(KeyTable.@Nullable Entry live, ObsoleteRows rows) {
        Place place = live == null ? null : files.place(live.file());
        if (live != null && place != null) {
            rows.add(place, live.position());
        }
    }

    private static Map<String, Place> places(Proposal proposal) {
        return proposal.files().stream().collect(Collectors.toMap(DataFile::location, Place::of));
    }

    private static Place place(Map<String, Place> places, String file) {
        return Objects.requireNonNull(places.get(file), file);
    }

    /** The table holds the proposal now: by its current snapshot, which follows the base, or somewhere in the history of the
     * table given. What goes wrong here costs another read of the table, and is thrown only where it is an {@link Error}.
     */
    void held(Proposal proposal, Snapshot snapshot, Optional<Table> found) {
        try {
            whole(() -> {
                if (found.isPresent()) {
                    follow(found.get(), Optional.of(proposal));
                } else {
                    apply(proposal);
                    snapshotId = snapshot.snapshotId();
                }
            });
        } catch (RuntimeException e) {
            // the storage's own, whatever it is; the commit itself has succeeded
            LOG.warn("Keys are to be read again", e);
        }
    }

    private void apply(Proposal proposal) {
        Map<String, Place> own = places(proposal);
        for (KeyedRows keyed : proposal.keys()) {
            keyed.bySource().forEach((source, window) -> {
                KeyTable keys = of(source).keys();
                window.forEach((hash, entry) -> apply(keys, hash, entry, keyed, own));
            });
        }
        proposal.advance().ranges().forEach(range -> of(range.source()).end(range.end()));
        superseded.clear();
    }

    private void apply(KeyTable keys, KeyHash hash, KeyTable.Entry entry, KeyedRows keyed, Map<String, Place> own) {
        KeyTable.Entry before = keys.get(hash);
        if (before != null) {
            files.remove(before.file());
        }
        if (entry.isDeletion()) {
            keys.remove(hash);
        } else {
            keys.put(hash, entry.offset(), files.add(place(own, keyed.file(entry))), entry.position());
        }
    }

    private void reset() {
        snapshotId = null;
        files.clear();
        superseded.clear();
        List<SourceKeys> known = List.copyOf(sources.values());
        sources.clear();
        known.forEach(SourceKeys::close);
    }
}
