package dev.firn.sink.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.sink.commit.RejectSource;
import dev.firn.sink.consume.SimInstance.SimLane;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/**
 * Lanes and committers of several instances under a seeded schedule of crashes, freezes, rebalances, conflicts, lost
 * requests and responses. Replay one seed with {@code -Dsink.simulation.seed=N}.
 */
class SinkSimulationTest {
    private static final int SEEDS = 400;
    private static final int STEPS = 600;

    @Test
    void shouldHoldEveryRecordOnceWhenAnythingFailsAtAnyStep() {
        Long only = Long.getLong("sink.simulation.seed");
        for (long seed = only == null ? 1 : only; seed <= (only == null ? SEEDS : only); seed++) {
            try {
                new Simulation(seed).run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static final class Simulation {
        private final SplittableRandom random;
        private final SimChaos chaos = new SimChaos();
        private final SimTopics topics = new SimTopics(List.of(
                new TopicPartition("raw.a", 0),
                new TopicPartition("raw.a", 1),
                new TopicPartition("raw.a", 2),
                new TopicPartition("silver.b", 0),
                new TopicPartition("silver.b", 1),
                new TopicPartition("ops.quarantine", 0)));
        private final SimFiles files;
        private final SimStore store;
        private final List<SimInstance> instances = new ArrayList<>();
        private final Map<TopicPartition, SimLane> owners = new HashMap<>();
        private final Set<TopicPartition> moving = new HashSet<>();
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        private Simulation(long seed) {
            random = new SplittableRandom(seed);
            files = new SimFiles(random, chaos);
            store = new SimStore(random, chaos, files);
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
                    requireNothingTwice();
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
            } else {
                anyInstance().step();
            }
        }

        private SimInstance anyInstance() {
            return instances.get(random.nextInt(instances.size()));
        }

        private void start() {
            instances.add(new SimInstance(
                    1 + random.nextInt(2), topics, store, this::heldRejects, files, new SimClock(), random));
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
            List<TopicPartition> all = topics.partitions();
            TopicPartition partition = all.get(random.nextInt(all.size()));
            SimLane owner = owners.get(partition);
            if (moving.contains(partition) || owner == null) {
                return;
            }
            if (owner.instance().isFrozen()) {
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
            instances.forEach(instance -> instance.freeze(0));
            for (int round = 0; round < 200; round++) {
                now = now.plusSeconds(1);
                instances.forEach(SimInstance::drainStep);
                store.deliverDelayed();
            }
        }

        private void requireNothingTwice() {
            for (TableIdentifier table : store.tables()) {
                List<String> rows = store.rows(table);
                assertThat(new TreeSet<>(rows)).as("rows of %s", table).hasSameSizeAs(rows);
            }
        }

        private void requireEverything() {
            requireNothingTwice();
            Map<TableIdentifier, Set<String>> expected = new HashMap<>();
            for (TopicPartition partition : topics.partitions()) {
                TableIdentifier table = SimInstance.table(partition.topic());
                for (long offset = 0; offset < topics.end(partition); offset++) {
                    byte kind = topics.log(partition).get((int) offset);
                    String row = SimFiles.row(topics.record(partition, offset));
                    if (kind == SimTopics.GOOD) {
                        expected.computeIfAbsent(table, t -> new TreeSet<>()).add(row);
                    } else if (kind == SimTopics.BAD) {
                        expected.computeIfAbsent(SimInstance.QUARANTINE, t -> new TreeSet<>())
                                .add(table + " " + row);
                    }
                }
            }
            expected.forEach((table, rows) -> assertThat(new TreeSet<>(store.rows(table)))
                    .as("rows of %s", table)
                    .isEqualTo(rows));
        }

        private final class SimClock extends Clock {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        }
    }
}
