package dev.firn.sink.consume;

import dev.firn.sink.commit.Backoff;
import dev.firn.sink.commit.CommitDesk;
import dev.firn.sink.commit.CommitListener;
import dev.firn.sink.commit.Committer;
import dev.firn.sink.quarantine.HeldRejects;
import dev.firn.sink.quarantine.Rejects;
import dev.firn.sink.table.TableKind;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.apache.iceberg.catalog.TableIdentifier;

/** A simulated process: some lanes and a committer, that go where the schedule takes them. */
final class SimInstance {
    static final TableIdentifier QUARANTINE = TableIdentifier.of("ops", "quarantine");

    private static final Map<String, TableIdentifier> TABLES = new ConcurrentHashMap<>();

    private final RandomGenerator random;
    private final Committer committer;
    private final List<TableIdentifier> tables;
    private final List<SimLane> lanes = new ArrayList<>();
    private final AtomicLong memoryHeld = new AtomicLong();
    private int frozenFor;

    SimInstance(
            int laneCount,
            SimTopics topics,
            SimStore store,
            HeldRejects heldRejects,
            SimFiles files,
            Clock clock,
            RandomGenerator random) {
        this.random = random;
        this.committer = new Committer(new CommitDesk(store, QUARANTINE, CommitListener.NONE, clock));
        this.tables = topics.partitions().stream()
                .map(partition -> table(partition.topic()))
                .distinct()
                .toList();
        SimRegister register = new SimRegister(store);
        LaneDesk desk = new LaneDesk(
                topic -> new Target(table(topic), TableKind.PLAIN),
                new LedgerPositions(store, QUARANTINE, heldRejects, register),
                topics::origins,
                target -> files.open(target.table(), memoryHeld, () -> {
                    store.create(target.table());
                    register.note(target.table(), SimStore.idOf(target.table()));
                }),
                () -> new Rejects(
                        rejects -> {
                            store.create(QUARANTINE);
                            return files.write(rejects);
                        },
                        memoryHeld::addAndGet),
                committer::submit,
                new WindowLimits(Duration.ofSeconds(5), 12, 20, 30),
                memoryHeld::get,
                StartAt.EARLIEST,
                new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2), random),
                this::patience,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                clock);
        for (int i = 0; i < laneCount; i++) {
            SimFeed feed = new SimFeed(topics, random);
            lanes.add(new SimLane(this, new Lane(desk, feed), feed));
        }
    }

    static TableIdentifier table(String topic) {
        return TABLES.computeIfAbsent(topic, TableIdentifier::parse);
    }

    List<SimLane> lanes() {
        return lanes;
    }

    void freeze(int steps) {
        frozenFor = steps;
    }

    boolean isFrozen() {
        return frozenFor > 0;
    }

    void step() {
        if (frozenFor > 0) {
            frozenFor--;
        } else if (random.nextBoolean()) {
            lanes.get(random.nextInt(lanes.size())).lane().step();
        } else {
            commitStep();
        }
    }

    void drainStep() {
        lanes.forEach(lane -> lane.lane().step());
        // a whole round, if all goes well
        for (int step = 0; step < 4; step++) {
            tables.forEach(committer::step);
        }
    }

    private void commitStep() {
        committer.step(tables.get(random.nextInt(tables.size())));
    }

    private boolean patience(BooleanSupplier done, Duration atMost) {
        for (int patience = random.nextInt(40); patience > 0 && !done.getAsBoolean(); patience--) {
            commitStep();
        }
        return done.getAsBoolean();
    }

    /** A lane and what it is fed from. */
    record SimLane(SimInstance instance, Lane lane, SimFeed feed) {}
}
