package dev.firn.processor.lineage;

import dev.firn.lineage.Dataset;
import dev.firn.lineage.RunEvent;
import dev.firn.processor.run.Group;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Tells a run for each application from when it runs first until it ends: {@code START}; {@code RUNNING} after each rebalance, and
 * as often as it is worth to know that it is still there; {@code COMPLETE} where it was closed, {@code FAIL} where it ended by a
 * failure. It looks at states every now and then, and is never asked by what processes. Safe for several threads.
 */
public final class TopologyLineage {
    private final Consumer<RunEvent> told;
    private final String bootstrapServers;
    private final Predicate<String> internal;
    private final Duration between;
    private final Clock clock;
    private final Map<String, Run> runs = new HashMap<>();

    /** Nothing is followed yet.
     *
     * @param told never waits
     * @param bootstrapServers of Kafka; the first one names it
     * @param internal topics that are nobody else's
     * @param between two events of a run to which nothing happens
     */
    public TopologyLineage(
            Consumer<RunEvent> told,
            String bootstrapServers,
            Predicate<String> internal,
            Duration between,
            Clock clock) {
        this.told = told;
        this.bootstrapServers = bootstrapServers;
        this.internal = internal;
        this.between = between;
        this.clock = clock;
    }

    /** Follows an application that is about to start; what was followed under its name before has ended. */
    public synchronized void follow(Group group, Supplier<KafkaStreams.State> state) {
        Run before = runs.put(group.id(), new Run(group, state));
        if (before != null) {
            before.look();
            before.end(RunEvent.Type.COMPLETE);
        }
    }

    /** Tells what has happened since the last look. */
    public synchronized void look() {
        runs.values().forEach(Run::look);
        runs.values().removeIf(run -> run.ended);
    }

    /** Tells the end of all that runs still. */
    public synchronized void end() {
        look();
        runs.values().forEach(run -> run.end(RunEvent.Type.COMPLETE));
        runs.clear();
    }

    /** One application, from its start to its end. */
    private final class Run {
        private final Group group;
        private final Supplier<KafkaStreams.State> state;
        private final UUID id = UUID.randomUUID();
        private boolean started;
        private boolean ended;
        private boolean interrupted;
        private Instant last = Instant.EPOCH;

        private Run(Group group, Supplier<KafkaStreams.State> state) {
            this.group = group;
            this.state = state;
        }

        private void look() {
            switch (state.get()) {
                case RUNNING -> runs();
                case ERROR, PENDING_ERROR -> end(RunEvent.Type.FAIL);
                case NOT_RUNNING -> end(RunEvent.Type.COMPLETE);
                case CREATED, REBALANCING, PENDING_SHUTDOWN -> interrupted = true;
            }
        }

        private void runs() {
            boolean due = !clock.instant().isBefore(last.plus(between));
            if (!started) {
                started = true;
                tell(RunEvent.Type.START);
            } else if (interrupted || due) {
                tell(RunEvent.Type.RUNNING);
            }
            interrupted = false;
        }

        /** Of a run that was never told nothing is told at its end, unless it failed. */
        private void end(RunEvent.Type how) {
            if (!ended && (started || how == RunEvent.Type.FAIL)) {
                tell(how);
            }
            ended = true;
        }

        private void tell(RunEvent.Type type) {
            last = clock.instant();
            told.accept(new RunEvent(
                    type,
                    last,
                    "stream-processor." + group.id(),
                    id,
                    datasets(group.inputs()),
                    datasets(group.outputs())));
        }

        private List<Dataset> datasets(Collection<String> topics) {
            return topics.stream()
                    .filter(internal.negate())
                    .sorted()
                    .map(topic -> Dataset.topic(bootstrapServers, topic))
                    .toList();
        }
    }
}
