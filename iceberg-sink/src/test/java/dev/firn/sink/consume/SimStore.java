package dev.firn.sink.consume;

import dev.firn.sink.commit.Ledger;
import dev.firn.sink.commit.Outcome;
import dev.firn.sink.commit.Proposal;
import dev.firn.sink.commit.TableCommit;
import dev.firn.sink.commit.TableStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.catalog.TableIdentifier;

/** The simulated catalog: compares and swaps; loses requests, delays them, and loses responses. */
final class SimStore implements TableStore {
    private final RandomGenerator random;
    private final SimChaos chaos;
    private final SimFiles files;
    private final Map<TableIdentifier, State> tables = new HashMap<>();
    /** Requests that nobody waits for any more, and that may arrive still. */
    private final List<Runnable> delayed = new ArrayList<>();

    SimStore(RandomGenerator random, SimChaos chaos, SimFiles files) {
        this.random = random;
        this.chaos = chaos;
        this.files = files;
    }

    /** A table as it was committed. */
    record State(int version, Ledger ledger, List<DataFile> files, Set<UUID> commits) {
        static final State EMPTY = new State(0, Ledger.EMPTY, List.of(), Set.of());

        State plus(Proposal proposal) {
            List<DataFile> allFiles = new ArrayList<>(files);
            allFiles.addAll(proposal.files());
            Set<UUID> allCommits = new HashSet<>(commits);
            allCommits.add(proposal.id());
            return new State(version + 1, ledger.plus(proposal.advance()), allFiles, allCommits);
        }
    }

    State state(TableIdentifier table) {
        return tables.getOrDefault(table, State.EMPTY);
    }

    /** Every row of every file that the table holds: twice what it holds twice. */
    List<String> rows(TableIdentifier table) {
        return state(table).files().stream()
                .flatMap(file -> files.rows(file.location()).stream())
                .toList();
    }

    /** Moves with every commit to any table. */
    int version() {
        return tables.values().stream().mapToInt(State::version).sum();
    }

    Set<TableIdentifier> tables() {
        return tables.keySet();
    }

    void deliverDelayed() {
        if (!delayed.isEmpty()) {
            delayed.remove(random.nextInt(delayed.size())).run();
        }
    }

    @Override
    public Ledger ledger(TableIdentifier table) {
        chaos.maybe(SimChaos.CATALOG, random);
        return state(table).ledger();
    }

    @Override
    public void expect(TableIdentifier table, Optional<UUID> id) {
        // a simulated table stays what it is
    }

    @Override
    public Optional<UUID> id(TableIdentifier table) {
        return Optional.empty();
    }

    @Override
    public TableCommit prepare(TableIdentifier table, Proposal proposal) {
        return new Commit(table, proposal);
    }

    @Override
    public void delete(TableIdentifier table, List<DataFile> unreferenced) {
        unreferenced.forEach(file -> files.delete(file.location()));
    }

    private final class Commit implements TableCommit {
        private final TableIdentifier table;
        private final Proposal proposal;

        Commit(TableIdentifier table, Proposal proposal) {
            this.table = table;
            this.proposal = proposal;
        }

        @Override
        public Proposal proposal() {
            return proposal;
        }

        @Override
        public Outcome attempt() {
            if (chaos.strikes(SimChaos.CATALOG, random)) {
                return new Outcome.Outage(new IllegalStateException("simulated"));
            }
            State base = state(table);
            if (base.commits().contains(proposal.id())) {
                return new Outcome.Committed(OptionalLong.of(1));
            }
            Optional<String> refusal = base.ledger().refusal(proposal.advance());
            return refusal.isPresent() ? new Outcome.Refused(refusal.get()) : send(base);
        }

        private Outcome send(State base) {
            if (!chaos.strikes(3 * SimChaos.CATALOG, random)) {
                return arrive(base) ? new Outcome.Committed(OptionalLong.of(1)) : conflict();
            }
            switch (random.nextInt(4)) {
                case 0 -> {
                    return conflict();
                }
                case 1 -> delayed.add(() -> arrive(base));
                case 2 -> arrive(base);
                default -> {
                    // the request was lost
                }
            }
            return new Outcome.Unknown(new IllegalStateException("simulated"));
        }

        private Outcome conflict() {
            return new Outcome.Conflict(new IllegalStateException("simulated"));
        }

        private boolean arrive(State base) {
            if (state(table).version() != base.version()) {
                return false;
            }
            tables.put(table, base.plus(proposal));
            return true;
        }

        @Override
        public void settle(Outcome last) {
            // no metadata here
        }

        @Override
        public void discardFiles() {
            delete(table, proposal.files());
        }
    }
}
