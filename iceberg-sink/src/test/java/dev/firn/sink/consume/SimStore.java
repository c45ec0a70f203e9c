package dev.firn.sink.consume;

import dev.firn.sink.commit.Advance;
import dev.firn.sink.commit.AgeFence;
import dev.firn.sink.commit.Claimed;
import dev.firn.sink.commit.Ledger;
import dev.firn.sink.commit.Outcome;
import dev.firn.sink.commit.Owners;
import dev.firn.sink.commit.Proof;
import dev.firn.sink.commit.Proposal;
import dev.firn.sink.commit.RejectSource;
import dev.firn.sink.commit.TableCommit;
import dev.firn.sink.commit.TableStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.catalog.TableIdentifier;

/** The simulated catalog: compares and swaps; loses requests, delays them, and loses responses. */
final class SimStore implements TableStore {
    private static final Map<TableIdentifier, UUID> IDS = new ConcurrentHashMap<>();

    private final RandomGenerator random;
    private final SimChaos chaos;
    private final SimFiles files;
    private final Map<TableIdentifier, State> tables = new HashMap<>();
    /** The ancestors of the current state, as far as they are not expired. */
    private final Map<TableIdentifier, List<State>> ancestors = new HashMap<>();
    /** What was rolled back, and is not expired. */
    private final Map<TableIdentifier, List<State>> rolledBack = new HashMap<>();
    /** Requests that nobody waits for any more, and that may arrive still. */
    private final List<Runnable> delayed = new ArrayList<>();

    private int rewrites;

    SimStore(RandomGenerator random, SimChaos chaos, SimFiles files) {
        this.random = random;
        this.chaos = chaos;
        this.files = files;
    }

    /** A table as it was committed; there is none in version 0. */
    record State(
            int version,
            Map<String, String> properties,
            Ledger ledger,
            List<DataFile> files,
            SimKeys keys,
            Set<UUID> commits) {
        static final State NONE = new State(0, Map.of(), Ledger.EMPTY, List.of(), SimKeys.NONE, Set.of());

        boolean has(String path) {
            return files.stream().anyMatch(file -> file.location().equals(path));
        }

        boolean exists() {
            return version > 0;
        }

        State plus(Proposal proposal) {
            List<DataFile> allFiles = new ArrayList<>(files);
            allFiles.addAll(proposal.files());
            Set<UUID> allCommits = new HashSet<>(commits);
            allCommits.add(proposal.id());
            Advance advance = proposal.advance();
            Map<String, String> next = advance.rejects().isEmpty()
                    ? properties
                    : with(advance.claims().owners()).properties();
            return new State(version + 1, next, ledger.plus(advance), allFiles, keys.plus(proposal), allCommits);
        }

        State with(Map<RejectSource, String> owners) {
            return with(Owners.PROPERTY, Owners.in(properties).plus(owners).text());
        }

        /** The rows and the ledger of another state, and nothing else of it. */
        State backTo(State before) {
            return new State(version + 1, properties, before.ledger(), before.files(), before.keys(), before.commits());
        }

        /** Without the snapshots that say which commits there were. */
        State expired() {
            return new State(version + 1, properties, ledger, files, keys, Set.of());
        }

        /** With all rows in one other file. */
        State rewritten(DataFile file, SimKeys moved) {
            return new State(version + 1, properties, ledger, List.of(file), moved, commits);
        }

        /** With rows of some files in one other, by a commit of that id. */
        State packed(List<DataFile> old, DataFile file, SimKeys moved, UUID id) {
            List<DataFile> nextFiles = new ArrayList<>(files);
            nextFiles.removeAll(old);
            nextFiles.add(file);
            Set<UUID> allCommits = new HashSet<>(commits);
            allCommits.add(id);
            return new State(version + 1, properties, ledger, nextFiles, moved, allCommits);
        }

        State with(String key, String value) {
            Map<String, String> next = new HashMap<>(properties);
            next.put(key, value);
            return new State(version + 1, next, ledger, files, keys, commits);
        }
    }

    /** The request may or may not have arrived. */
    private static final class NoAnswerException extends IllegalStateException {}

    State state(TableIdentifier table) {
        return tables.getOrDefault(table, State.NONE);
    }

    /** Every row of every file that is not deleted: twice what the table holds twice. */
    List<String> rows(TableIdentifier table) {
        return state(table).keys().rows(state(table).files(), files::rows);
    }

    /** How often files were taken back, or others put in their place. */
    int rewrites() {
        return rewrites;
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

    /** What another engine does that leaves the ledger alone: a compaction, say. */
    void commitOfAnother(TableIdentifier table) {
        tables.computeIfPresent(table, (name, state) -> state.with("other", "engine"));
    }

    /** Another engine puts the rows of all files into one. */
    void compact(TableIdentifier table) {
        State base = state(table);
        if (!base.files().isEmpty()) {
            List<String> rows = base.keys().rows(base.files(), files::rows);
            DataFile file = files.rewritten(table, rows);
            put(table, base.rewritten(file, base.keys().movedTo(file.location(), rows, SimFiles::key)));
        }
    }

    /** Removes the files that are of that age and that nothing refers to, as the real one does: behind its fence. */
    void removeOrphans(TableIdentifier table, Instant now, Duration age) {
        State base = state(table);
        if (base.exists()) {
            put(table, base.with(AgeFence.PROPERTY, now.minus(age.dividedBy(2)).toString()));
            files.olderThan(now.minus(age), table).stream()
                    .filter(path -> !refersTo(table, path))
                    .forEach(files::delete);
        }
    }

    /** Somebody takes the last commits back. */
    void rollBack(TableIdentifier table) {
        List<State> before = ancestors.getOrDefault(table, List.of());
        if (before.size() > 1) {
            int to = before.size() - 1 - random.nextInt(Math.min(4, before.size() - 1));
            rolledBack.computeIfAbsent(table, name -> new ArrayList<>()).add(state(table));
            tables.put(table, state(table).backTo(before.get(to)));
            before.subList(to, before.size()).clear();
            rewrites++;
        }
    }

    /** Another engine expires every snapshot but the current one, which is not one of the sink's. */
    void expire(TableIdentifier table) {
        if (state(table).exists()) {
            tables.put(table, state(table).expired());
            ancestors.remove(table);
            rolledBack.remove(table);
        }
    }

    private void put(TableIdentifier table, State next) {
        if (!next.files().containsAll(state(table).files())) {
            rewrites++;
        }
        ancestors.computeIfAbsent(table, name -> new ArrayList<>()).add(state(table));
        tables.put(table, next);
    }

    /** Whether the table was in that state, and was not rolled back from it since, as far as its snapshots tell. */
    boolean descendsFrom(TableIdentifier table, State before) {
        return Stream.concat(ancestors.getOrDefault(table, List.of()).stream(), Stream.of(state(table)))
                .anyMatch(state -> state.version() == before.version());
    }

    boolean refersTo(TableIdentifier table, String path) {
        return Stream.of(ancestors, rolledBack)
                        .flatMap(states -> states.getOrDefault(table, List.of()).stream())
                        .anyMatch(state -> state.has(path))
                || state(table).has(path);
    }

    /** Makes the table, unless there is one. */
    void create(TableIdentifier table) {
        chaos.maybe(SimChaos.CATALOG, random);
        if (!state(table).exists()) {
            tables.put(table, State.NONE.with("made", "anew"));
        }
    }

    /** Sends a change of a property, as the base has it. */
    void set(TableIdentifier table, String key, String value) {
        State base = state(table);
        requireSent(table, base, base.with(key, value));
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
        return state(table).exists() ? Optional.of(idOf(table)) : Optional.empty();
    }

    static UUID idOf(TableIdentifier table) {
        return IDS.computeIfAbsent(table, SimStore::newId);
    }

    private static UUID newId(TableIdentifier table) {
        return UUID.nameUUIDFromBytes(table.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Owners owners(TableIdentifier table) {
        chaos.maybe(SimChaos.CATALOG, random);
        return Owners.in(state(table).properties());
    }

    @Override
    public void own(TableIdentifier table, Map<RejectSource, String> owners) {
        chaos.maybe(SimChaos.CATALOG, random);
        State base = state(table);
        if (base.exists()) {
            requireSent(table, base, base.with(owners));
        }
    }

    @Override
    public Claimed claim(TableIdentifier table, Advance advance) {
        if (chaos.strikes(SimChaos.CATALOG, random)) {
            return new Claimed(outage(), Optional.empty());
        }
        State base = state(table);
        if (!base.exists()) {
            return new Claimed(new Outcome.Committed(OptionalLong.empty()), Optional.empty());
        }
        Map<RejectSource, String> mine = advance.claims().owners();
        Owners owners = Owners.in(base.properties());
        Optional<String> refusal = owners.refusal(mine).or(() -> base.ledger().refusal(advance));
        if (refusal.isPresent()) {
            return new Claimed(new Outcome.Refused(refusal.get()), Optional.empty());
        }
        Outcome outcome = owners.plus(mine).equals(owners)
                ? new Outcome.Committed(OptionalLong.empty())
                : outcomeOf(table, base, base.with(mine));
        return new Claimed(outcome, Optional.of(idOf(table)));
    }

    @Override
    public TableCommit prepare(TableIdentifier table, Proposal proposal) {
        return new Commit(table, proposal);
    }

    @Override
    public void delete(TableIdentifier table, List<DataFile> unreferenced) {
        unreferenced.forEach(file -> files.delete(file.location()));
    }

    private void requireSent(TableIdentifier table, State base, State next) {
        if (!send(table, base, next)) {
            throw new IllegalStateException("simulated conflict");
        }
    }

    /** Sends what the base is to become. */
    Outcome outcomeOf(TableIdentifier table, State base, State next) {
        try {
            return send(table, base, next)
                    ? new Outcome.Committed(OptionalLong.of(1))
                    : new Outcome.Conflict(new IllegalStateException("simulated"));
        } catch (NoAnswerException e) {
            return new Outcome.Unknown(e);
        }
    }

    private static Outcome outage() {
        return new Outcome.Outage(new IllegalStateException("simulated"));
    }

    /** Whether it was taken. */
    private boolean send(TableIdentifier table, State base, State next) {
        if (!chaos.strikes(3 * SimChaos.CATALOG, random)) {
            return arrive(table, base, next);
        }
        switch (random.nextInt(4)) {
            case 0 -> {
                return false;
            }
            case 1 -> delayed.add(() -> arrive(table, base, next));
            case 2 -> arrive(table, base, next);
            default -> {
                // the request was lost
            }
        }
        throw new NoAnswerException();
    }

    private boolean arrive(TableIdentifier table, State base, State next) {
        if (state(table).version() != base.version()) {
            return false;
        }
        put(table, next);
        return true;
    }

    private final class Commit implements TableCommit {
        private final TableIdentifier table;
        private final Proposal proposal;
        private boolean sent;

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
                return outage();
            }
            State base = state(table);
            if (base.commits().contains(proposal.id())) {
                return new Outcome.Committed(OptionalLong.of(1));
            }
            if (!base.exists()) {
                return proposal.files().isEmpty() ? new Outcome.Committed(OptionalLong.empty()) : outage();
            }
            return Proof.refusal(proposal, base.ledger(), base.properties())
                    .<Outcome>map(Outcome.Refused::new)
                    .orElseGet(() -> commit(base));
        }

        private Outcome commit(State base) {
            Map<RejectSource, String> others = Proof.others(proposal.advance(), base.ledger(), this::rejecters);
            if (others.isEmpty()) {
                sent = true;
                return outcomeOf(table, base, base.plus(proposal));
            }
            outcomeOf(table, base, base.with(others));
            return new Outcome.Conflict(new IllegalStateException("others have rejected"));
        }

        private Owners rejecters() {
            return Owners.in(state(SimInstance.QUARANTINE).properties());
        }

        @Override
        public void settle(Outcome last) {
            // no metadata here
        }

        @Override
        public boolean mayHaveArrived() {
            return sent;
        }

        @Override
        public void discardFiles() {
            delete(
                    table,
                    proposal.files().stream()
                            .filter(file -> !sent || !refersTo(table, file.location()))
                            .toList());
        }
    }
}
