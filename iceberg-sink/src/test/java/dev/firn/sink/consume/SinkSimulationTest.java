package dev.firn.sink.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.sink.commit.RejectSource;
import dev.firn.sink.commit.Source;
import dev.firn.sink.consume.SimInstance.SimLane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/**
 * Lanes and committers of several instances under a seeded schedule of crashes, freezes, rebalances, takeovers by instances
 * that decide otherwise about a record, conflicts, lost requests and responses; of rollbacks, compaction and expiry by others; and of
 * the packing of files and the removal of orphans by instances of its own. Replay one seed with {@code
 * -Dsink.simulation.seed=N}; try others with {@code -Dsink.simulation.seeds=N}.
 */
class SinkSimulationTest {
    private static final int STEPS = 600;
    private static final Duration ORPHAN_AGE = Duration.ofSeconds(10);
    private static final TableIdentifier KEYED = TableIdentifier.of("gold", "keyed");
    private static final List<TopicPartition> FEW = List.of(
            new TopicPartition("raw.a", 0),
            new TopicPartition("raw.a", 1),
            new TopicPartition("raw.a", 2),
            new TopicPartition("silver.b", 0),
            new TopicPartition("silver.b", 1),
            new TopicPartition("gold.keyed", 0),
            new TopicPartition("gold.keyed", 1),
            new TopicPartition("ops.quarantine", 0));
    /** Each with a table of its own, so that tables are made all the time. */
    private static final List<TopicPartition> MANY = IntStream.range(0, 8)
            .mapToObj(i -> new TopicPartition("raw.t" + i, 0))
            .toList();

    @Test
    void shouldHoldEveryRecordOnceWhenAnythingFailsAtAnyStep() {
        Long only = Long.getLong("sink.simulation.seed");
        if (only != null) {
            run(only);
        } else {
            LongStream.rangeClosed(1, Long.getLong("sink.simulation.seeds", 2_000))
                    .parallel()
                    .forEach(SinkSimulationTest::run);
        }
    }

    private static void run(long seed) {
        try {
            new Simulation(seed).run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private static final class Simulation {
        private final SplittableRandom random;
        private final SimChaos chaos = new SimChaos();
        private final SimTopics topics;
        private final SimFiles files;
        private final SimStore store;
        private final SimHeld held;
        private final SimPacker packer;
        private final List<SimInstance> instances = new ArrayList<>();
        private final Map<TopicPartition, SimLane> owners = new HashMap<>();
        private final Set<TopicPartition> moving = new HashSet<>();
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        private Simulation(long seed) {
            random = new SplittableRandom(seed);
            topics = new SimTopics(seed % 2 == 0 ? FEW : MANY);
            files = new SimFiles(random, chaos, clock());
            store = new SimStore(random, chaos, files);
            held = new SimHeld(store, files, topics);
            packer = new SimPacker(random, store, files, clock());
        }

        private void run() {
            start();
            start();
            topics.partitions().forEach(this::assignAnywhere);
            for (int step = 0; step < STEPS; step++) {
                now = now.plusMillis(random.nextInt(200));
                int before = store.version();
                step();
                if (store.version() != before) {
                    held.requireNothingTwice();
                }
            }
            drain();
            requireEverything();
        }

        private void step() {
            int dice = random.nextInt(200);
            if (dice < 40) {
                topics.produce(random);
            } else if (dice < 44) {
                move();
            } else if (dice < 46) {
                crash();
            } else if (dice < 47) {
                freeze();
            } else if (dice < 52) {
                store.deliverDelayed();
            } else if (dice < 53) {
                store.commitOfAnother(anyTable());
            } else if (dice < 54) {
                store.compact(KEYED);
            } else if (dice < 55) {
                store.expire(anyTable());
            } else if (dice < 56) {
                store.removeOrphans(anyTable(), now, ORPHAN_AGE);
            } else if (dice < 57) {
                rollBack(SimInstance.table(anyPartition().topic()));
            } else if (dice < 65) {
                pack(SimInstance.table(anyPartition().topic()));
            } else {
                anyInstance().step();
            }
        }

        private TopicPartition anyPartition() {
            List<TopicPartition> all = topics.partitions();
            return all.get(random.nextInt(all.size()));
        }

        /** Not the quarantine table, whose rows nobody reads again. */
        private void rollBack(TableIdentifier table) {
            if (!table.equals(SimInstance.QUARANTINE)) {
                store.rollBack(table);
            }
        }

        private void pack(TableIdentifier table) {
            if (!table.equals(SimInstance.QUARANTINE)) {
                packer.step(table);
            }
        }

        private TableIdentifier anyTable() {
            return random.nextInt(4) == 0
                    ? SimInstance.QUARANTINE
                    : SimInstance.table(anyPartition().topic());
        }

        private SimInstance anyInstance() {
            return instances.get(random.nextInt(instances.size()));
        }

        private void start() {
            instances.add(
                    new SimInstance(1 + random.nextInt(2), topics, store, this::heldRejects, files, clock(), random));
        }

        private Set<Long> heldRejects(RejectSource source, long from, Optional<String> topicId) {
            String prefix = source.target() + " " + source.source() + " ";
            return store.rows(SimInstance.QUARANTINE).stream()
                    .filter(row -> row.startsWith(prefix))
                    .map(row -> Long.parseLong(row.substring(prefix.length())))
                    .filter(offset -> offset >= from)
                    .collect(Collectors.toSet());
        }

        private void assignAnywhere(TopicPartition partition) {
            List<SimLane> lanes =
                    instances.get(random.nextInt(instances.size())).lanes();
            assign(partition, lanes.get(random.nextInt(lanes.size())));
        }

        private void assign(TopicPartition partition, SimLane lane) {
            owners.put(partition, lane);
            lane.feed().assign(partition, lane.lane());
        }

        private void move() {
            TopicPartition partition = anyPartition();
            SimLane owner = owners.get(partition);
            if (moving.contains(partition) || owner == null) {
                return;
            }
            if (owner.instance().isFrozen() || random.nextInt(4) == 0) {
                // the group gives up waiting for it, and it learns that too late
                owner.feed().lose(partition, owner.lane());
                assignAnywhere(partition);
            } else {
                moving.add(partition);
                owner.feed().revoke(partition, owner.lane(), () -> {
                    moving.remove(partition);
                    assignAnywhere(partition);
                });
            }
        }

        private void crash() {
            SimInstance dead = anyInstance();
            instances.remove(dead);
            start();
            owners.forEach((partition, owner) -> {
                if (owner.instance() == dead) {
                    moving.remove(partition);
                }
            });
            List<TopicPartition> orphans = owners.entrySet().stream()
                    .filter(entry -> entry.getValue().instance() == dead)
                    .map(Map.Entry::getKey)
                    .toList();
            orphans.forEach(this::assignAnywhere);
        }

        private void freeze() {
            anyInstance().freeze(5 + random.nextInt(60));
        }

        private void drain() {
            chaos.off();
            owners.values().forEach(lane -> lane.feed().hurry());
            // a rollback shows in the next commit
            topics.produceEverywhere();
            instances.forEach(instance -> instance.freeze(0));
            for (int round = 0; round < 2_000 && !holdsAll(); round++) {
                now = now.plusSeconds(1);
                instances.forEach(SimInstance::drainStep);
                store.deliverDelayed();
            }
        }

        private boolean holdsAll() {
            held.requireNothingTwice();
            return held.size() == topics.records()
                    && topics.partitions().stream().allMatch(this::isFollowed);
        }

        private boolean isFollowed(TopicPartition partition) {
            return store.state(SimInstance.table(partition.topic()))
                    .ledger()
                    .end(new Source(partition.topic(), partition.partition()))
                    .filter(end -> end == topics.end(partition))
                    .isPresent();
        }

        private void requireEverything() {
            held.requireNothingTwice();
            for (TopicPartition partition : topics.partitions()) {
                TableIdentifier table = SimInstance.table(partition.topic());
                for (long offset = 0; offset < topics.end(partition); offset++) {
                    byte kind = topics.log(partition).get((int) offset);
                    if (kind != SimTopics.NOTHING && !SimTopics.isKeyed(partition.topic())) {
                        String record = table + " " + SimFiles.row(topics.record(partition, offset));
                        assertThat(held.isRejected(record)).as(record).isPresent();
                        if (kind != SimTopics.DOUBTFUL) {
                            assertThat(held.isRejected(record)).as(record).contains(kind == SimTopics.BAD);
                        }
                    }
                }
            }
            assertThat(held.size()).isEqualTo(topics.records());
        }

        private Clock clock() {
            InstantSource source = () -> now;
            return source.withZone(ZoneOffset.UTC);
        }
    }
}
