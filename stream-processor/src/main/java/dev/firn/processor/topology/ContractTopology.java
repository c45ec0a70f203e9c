package dev.firn.processor.topology;

import dev.firn.contract.Contract;
import dev.firn.contract.Rule;
import dev.firn.processor.check.KeptElsewhere;
import dev.firn.processor.decode.Intake;
import dev.firn.processor.decode.IntakeProcessor;
import dev.firn.processor.dedup.History;
import dev.firn.processor.dedup.TimelineProcessor;
import dev.firn.processor.quality.QualityProcessor;
import dev.firn.processor.quarantine.Failures;
import dev.firn.processor.quarantine.QuarantineWriter;
import dev.firn.processor.quarantine.Rejects;
import dev.firn.processor.refer.KnownKeysProcessor;
import dev.firn.processor.refer.Referenced;
import dev.firn.processor.refer.ReferencesProcessor;
import dev.firn.processor.silver.Completion;
import dev.firn.processor.silver.Outlet;
import dev.firn.processor.silver.SilverProcessor;
import dev.firn.processor.silver.SilverRows;
import dev.firn.processor.store.Form;
import dev.firn.processor.wait.Arrivals;
import dev.firn.processor.wait.ReferenceProgress;
import dev.firn.quarantine.Replay;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/** A raw topic to its silver topic, by its contract alone. Each topic has an application of its own. */
public final class ContractTopology {
    private static final String SEEN = "seen";
    private static final String SEEN_INDEX = "seen-index";
    private static final String NEWEST = "newest";
    private static final String USUAL = "usual";
    private static final String WAITING = "waiting";
    /** Some seconds of references, at any rate that they are likely to come at. */
    private static final int ARRIVALS = 1 << 14;

    private static final String[] ALL = {"intake", "references", "timeline", "silver"};
    private static final String[] WITHOUT_REFERENCES = {"intake", "timeline", "silver"};

    private final Config config;
    private final Topology topology = new Topology();

    /** What may be referred to, and how long is waited for it.
     *
     * @param progress whether the topics that are referred to keep up
     */
    public record References(List<Referenced> topics, Duration patience, Duration retry, ReferenceProgress progress) {
        public References {
            topics = List.copyOf(topics);
        }

        boolean has(String topic) {
            return topics.stream().anyMatch(known -> known.topic().equals(topic));
        }

        boolean isPersonal(String topic) {
            return topics.stream().anyMatch(known -> known.topic().equals(topic) && known.personal());
        }
    }

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
            QualityProcessor.Reporting quality,
            TimelineProcessor.Bounds bounds,
            long filterBytes,
            int largestRow,
            References references) {
        private boolean isKept(Rule rule) {
            return !(rule instanceof Rule.References to) || references.has(to.topic());
        }

        Rejects rejects() {
            return new Rejects(quarantine, silver, means.tally().of(raw));
        }

        /** For the exception handlers. */
        public Failures failures() {
            return new Failures(
                    Topics.QUARANTINE,
                    Map.of(raw, rejects(), Replay.processorTopic(raw), rejects()),
                    "quarantine"::equals);
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
        SilverRows rows = new SilverRows(config.silver, config.means.registry(), config.means.outage());
        Intake.Shape shape = new Intake.Shape(
                config.raw,
                config.contract,
                rows,
                new KeptElsewhere(config::isKept, Map.of()),
                config.references::isPersonal);
        boolean refers = !config.references.topics.isEmpty();
        IntakeProcessor.Config intake = new IntakeProcessor.Config(
                shape, config.means, config.rejects(), false, refers ? "references" : "timeline", "quarantine");
        Wiring.addRawSource(topology, "source", config.raw);
        topology.addProcessor("intake", () -> new IntakeProcessor(intake), "source");
        if (refers) {
            addReferences(shape);
        }
        addTimeline(refers ? "references" : "intake");
        Outlet outlet = new Outlet("rows", "quarantine", config.rejects(), config.largestRow);
        topology.addProcessor(
                "silver",
                () -> new SilverProcessor(new Completion(config.means.key().id()), outlet),
                "timeline");
        Wiring.addSink(topology, "rows", config.silver, "silver");
        Wiring.addQuarantine(
                topology,
                "",
                config.raw,
                new Wiring.Quality(config.quality, config.means.tally()),
                refers ? ALL : WITHOUT_REFERENCES);
        return topology;
    }

    private void addReferences(Intake.Shape shape) {
        Arrivals arrivals = new Arrivals(ARRIVALS);
        ReferencesProcessor.Config references = new ReferencesProcessor.Config(
                config.references.topics.stream().map(Referenced::lookup).toList(),
                WAITING,
                config.references.patience,
                config.references.retry,
                config.references.progress,
                false,
                Optional.empty(),
                arrivals,
                shape,
                config.means,
                config.rejects(),
                "timeline",
                "quarantine");
        topology.addProcessor("references", () -> new ReferencesProcessor(references), "intake")
                .addStateStore(Wiring.store(WAITING), "references");
        for (Referenced each : config.references.topics) {
            topology.addGlobalStore(
                    Stores.keyValueStoreBuilder(
                                    Stores.persistentKeyValueStore(each.store()),
                                    Serdes.ByteArray(),
                                    Serdes.ByteArray())
                            .withLoggingDisabled(),
                    each.store() + "-source",
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer(),
                    each.keysTopic(),
                    each.store() + "-known",
                    () -> new KnownKeysProcessor(each, arrivals));
        }
    }

    private void addTimeline(String after) {
        TimelineProcessor.Config<?> timeline = new TimelineProcessor.Config<>(
                new History.Stores(SEEN, SEEN_INDEX, NEWEST, USUAL, config.filterBytes),
                config.bounds,
                config.rejects(),
                Function.identity(),
                "silver",
                List.of(),
                "quarantine");
        topology.addProcessor("timeline", () -> new TimelineProcessor<>(timeline), after)
                .addStateStore(Wiring.heldStore(SEEN, Form.GROWING), "timeline")
                .addStateStore(Wiring.derivedStore(SEEN_INDEX), "timeline")
                .addStateStore(Wiring.heldStore(NEWEST), "timeline")
                .addStateStore(Wiring.heldStore(USUAL), "timeline");
    }
}
