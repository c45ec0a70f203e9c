package dev.firn.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.sink.commit.KeyedTable.Version;
import dev.firn.sink.keys.KeySpace;
import dev.firn.sink.maintain.Kept;
import dev.firn.sink.table.Tables;
import dev.firn.sink.upsert.TableIndexes;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.util.SnapshotUtil;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random changes of random keys, committed by several instances through conflicts, lost requests and responses, crashes
 * in the middle of a commit that go on as zombies, rollbacks; compactions and expiry by Firn and by another engine, and a new format version by that; after each step the table, as any reader sees it, holds what a map would. More of them: {@code -Dupsert.seeds=100}; one again: {@code -Dupsert.seed=7}.
 */
class UpsertModelTest {
    private static final int SEEDS = Integer.getInteger("upsert.seeds", 4);
    private static final int STEPS = 16;
    private static final int SOURCES = 3;
    private static final int KEYS = 30;
    private static final List<String> PLACES = List.of("north", "south", "west");

    @TempDir
    Path directory;

    static LongStream seeds() {
        String one = System.getProperty("upsert.seed");
        return one == null ? LongStream.range(0, SEEDS) : LongStream.of(Long.parseLong(one));
    }

    @ParameterizedTest(name = "upsert.seed={0}")
    @MethodSource("seeds")
    void shouldHoldTheNewestVersionsWhateverHappensToCommits(long seed) {
        new Run(seed).steps();
    }

    private final class Run {
        private final SplittableRandom random;
        private final FaultyCatalog catalog = FaultyCatalog.fresh();
        private final TableIdentifier name = TableIdentifier.of("bronze", "customers");
        private final KeyedTable keyed;
        private final Map<Source, List<Version>> logs = new TreeMap<>();
        private final List<TableStore> instances = new ArrayList<>();
        /** Of instances that were taken for dead. */
        private final Deque<TableCommit> frozen = new ArrayDeque<>();

        private Run(long seed) {
            random = new SplittableRandom(seed);
            keyed = new KeyedTable(catalog, name, random.nextBoolean() ? 3 : 2);
            for (int i = 0; i < SOURCES; i++) {
                logs.put(new Source(KeyedTable.TOPIC, i), new ArrayList<>());
            }
            for (int i = 0; i < 3; i++) {
                instances.add(instance());
            }
        }

        private TableStore instance() {
            // so little memory that most keys are on disk
            KeySpace space = new KeySpace(random.nextInt(3) * 4096L, directory);
            Tables tables = new Tables(catalog);
            Register nobodyRejects = new TableRegister(Optional::empty, () -> {
                throw new AssertionError("nobody rejects");
            });
            return new IcebergTableStore(tables, nobodyRejects, new TableIndexes(space), "test");
        }

        private void steps() {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(18)) {
                    case 0 -> keyed.compact(place());
                    case 1 -> rollBack();
                    case 2 -> instances.set(random.nextInt(instances.size()), instance());
                    case 3 -> thaw();
                    case 4 -> expire();
                    case 5 -> keyed.useVectors();
                    case 6, 7, 8 -> pack();
                    case 9 -> Kept.expire(keyed.table);
                    default -> commit(random.nextInt(2));
                }
                assertThat(held()).as("after step %d", step).isEqualTo(expected());
            }
        }

        private String place() {
            return PLACES.get(random.nextInt(PLACES.size()));
        }

        private void rollBack() {
            keyed.table.refresh();
            List<Snapshot> ancestors = new ArrayList<>();
            SnapshotUtil.currentAncestors(keyed.table).forEach(ancestors::add);
            if (ancestors.size() > 3) {
                long to = ancestors.get(1 + random.nextInt(2)).snapshotId();
                keyed.table.manageSnapshots().rollbackTo(to).commit();
            }
        }

        private void thaw() {
            TableCommit commit = frozen.poll();
            if (commit != null) {
                finish(commit, commit.attempt());
            }
        }

        private void expire() {
            // what was rolled back loses its files, and nobody can commit them again
            frozen.clear();
            keyed.expire();
        }

        /** Beside commits, and whatever happens to its own. */
        private void pack() {
            fault(1);
            var unused = Kept.pack(keyed.table);
            catalog.calm();
        }

        /** By any instance, of any sources. */
        private void commit(int depth) {
            Ledger ledger = ledger();
            List<Version> versions = new ArrayList<>();
            List<OffsetRange> ranges = new ArrayList<>();
            logs.forEach((source, log) -> {
                if (random.nextInt(3) > 0) {
                    // a zombie begins where the ledger does not end
                    long start = Math.max(0, ledger.end(source).orElse(0L) - (random.nextInt(12) == 0 ? 1 : 0));
                    long end = start + random.nextInt(10);
                    grow(source, log, end);
                    versions.addAll(log.subList((int) start, (int) end));
                    ranges.add(new OffsetRange(source, start, end, end - start, 0));
                }
            });
            int instance = random.nextInt(instances.size());
            TableCommit commit = instances.get(instance).prepare(name, keyed.proposal(versions, ranges));
            fault(depth);
            Outcome outcome = commit.attempt();
            if (!isFinal(outcome) && random.nextInt(3) == 0) {
                catalog.calm();
                frozen.add(commit);
                instances.set(instance, instance());
            } else {
                finish(commit, outcome);
            }
        }

        private void finish(TableCommit commit, Outcome first) {
            Outcome outcome = first;
            for (int i = 0; i < 20 && !isFinal(outcome); i++) {
                outcome = commit.attempt();
            }
            catalog.calm();
            assertThat(isFinal(outcome)).as("%s", outcome).isTrue();
            commit.settle(outcome);
            if (outcome instanceof Outcome.Refused) {
                commit.discardFiles();
            }
        }

        private void grow(Source source, List<Version> log, long end) {
            while (log.size() < end) {
                int id = random.nextInt(KEYS) * SOURCES + source.partition();
                log.add(new Version(source, log.size(), id, random.nextInt(5) == 0 ? null : place()));
            }
        }

        private void fault(int depth) {
            switch (random.nextInt(8)) {
                case 0 ->
                    catalog.next(real -> {
                        real.run();
                        throw new RuntimeIOException("response lost");
                    });
                case 1 ->
                    catalog.next(real -> {
                        throw new RuntimeIOException("request lost");
                    });
                case 2 ->
                    catalog.next(real -> {
                        keyed.compact(place());
                        real.run();
                    });
                case 3 ->
                    catalog.next(real -> {
                        if (depth > 0) {
                            commit(depth - 1);
                        }
                        real.run();
                    });
                case 4 ->
                    catalog.next(real -> {
                        real.run();
                        keyed.compact(place());
                        throw new RuntimeIOException("response lost");
                    });
                default -> {
                    // all goes well
                }
            }
        }

        private boolean isFinal(Outcome outcome) {
            return outcome instanceof Outcome.Committed || outcome instanceof Outcome.Refused;
        }

        private Ledger ledger() {
            return instances.get(0).ledger(name);
        }

        private Map<Integer, String> expected() {
            Ledger ledger = ledger();
            Map<Integer, String> rows = new HashMap<>();
            logs.forEach((source, log) -> {
                for (Version version :
                        log.subList(0, ledger.end(source).orElse(0L).intValue())) {
                    if (version.place() == null) {
                        rows.remove(version.id());
                    } else {
                        rows.put(version.id(), version.place() + "@" + version.offset());
                    }
                }
            });
            return rows;
        }

        private Map<Integer, String> held() {
            Map<Integer, String> rows = new HashMap<>();
            keyed.rows().forEach(row -> {
                String before =
                        rows.put((Integer) row.getField("id"), row.getField("place") + "@" + row.getField("_offset"));
                assertThat(before).as("key %s", row.getField("id")).isNull();
            });
            return rows;
        }
    }
}
