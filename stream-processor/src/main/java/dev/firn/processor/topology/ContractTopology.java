package dev.firn.processor.topology;

import dev.firn.contract.Contract;
import dev.firn.contract.Rule;
import dev.firn.processor.check.KeptElsewhere;
import dev.firn.processor.decode.Intake;
import dev.firn.processor.decode.IntakeProcessor;
import dev.firn.processor.dedup.History;
import dev.firn.processor.dedup.TimelineProcessor;
import dev.firn.processor.quarantine.Failures;
import dev.firn.processor.quarantine.QuarantineWriter;
import dev.firn.processor.quarantine.Rejects;
import dev.firn.processor.silver.Completion;
import dev.firn.processor.silver.Outlet;
import dev.firn.processor.silver.SilverProcessor;
import dev.firn.processor.silver.SilverRows;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.streams.Topology;

/** A raw topic to its silver topic, by its contract alone. Each topic has an application of its own. */
public final class ContractTopology {
    private static final String SEEN = "seen";
    private static final String SEEN_INDEX = "seen-index";
    private static final String NEWEST = "newest";
    private static final String USUAL = "usual";
    private static final KeptElsewhere TIMELINE =
            new KeptElsewhere(Set.of(Rule.Unique.class, Rule.Anomaly.class), Map.of());

    private final Config config;
    private final Topology topology = new Topology();

    /** Of one topic.
     *
     * @param contract the newest that the registry has, at any time
     * @param filterBytes of memory that each partition has to know new ids by
     * @param largestRow in bytes
     */
    public record Config(
            String raw,
            String silver,
            Supplier<Contract> contract,
            Intake.Means means,
            QuarantineWriter quarantine,
            Duration grace,
            long filterBytes,
            int largestRow) {
        Rejects rejects() {
            return new Rejects(quarantine, silver, means.tally().of(raw));
        }

        /** For the exception handlers. */
        public Failures failures() {
            return new Failures(Topics.QUARANTINE, Map.of(raw, rejects()));
        }
    }

    private ContractTopology(Config config) {
        this.config = config;
    }

    /** A function of its argument alone; names of operators and stores don't change. */
    public static Topology of(Config config) {
        return new ContractTopology(config).build();
    }

    private Topology build() {
        Intake.Shape shape = new Intake.Shape(
                config.raw,
                config.contract,
                new SilverRows(config.silver, config.means.registry(), config.means.outage()),
                TIMELINE);
        IntakeProcessor.Config intake =
                new IntakeProcessor.Config(shape, config.means, config.rejects(), false, "timeline", "quarantine");
        Wiring.addSource(topology, "source", config.raw);
        topology.addProcessor("intake", () -> new IntakeProcessor(intake), "source");
        addTimeline();
        Outlet outlet = new Outlet("rows", "quarantine", config.rejects(), config.largestRow);
        topology.addProcessor(
                "silver",
                () -> new SilverProcessor(new Completion(config.means.key().id()), outlet),
                "timeline");
        Wiring.addSink(topology, "rows", config.silver, "silver");
        Wiring.addSink(topology, "quarantine", Topics.QUARANTINE, "intake", "timeline", "silver");
        return topology;
    }

    private void addTimeline() {
        TimelineProcessor.Config<?> timeline = new TimelineProcessor.Config<>(
                new History.Stores(SEEN, SEEN_INDEX, NEWEST, USUAL, config.filterBytes),
                config.grace,
                config.rejects(),
                Function.identity(),
                "silver",
                List.of(),
                "quarantine");
        topology.addProcessor("timeline", () -> new TimelineProcessor<>(timeline), "intake")
                .addStateStore(Wiring.store(SEEN).withCachingEnabled(), "timeline")
                .addStateStore(Wiring.derivedStore(SEEN_INDEX), "timeline")
                .addStateStore(Wiring.store(NEWEST).withCachingEnabled(), "timeline")
                .addStateStore(Wiring.store(USUAL).withCachingEnabled(), "timeline");
    }
}
