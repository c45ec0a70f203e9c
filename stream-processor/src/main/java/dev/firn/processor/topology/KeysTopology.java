package dev.firn.processor.topology;

import dev.firn.contract.Contract;
import dev.firn.contract.FieldPath;
import dev.firn.contract.FieldRule;
import dev.firn.contract.Rule;
import dev.firn.contract.Severity;
import dev.firn.processor.check.KeptElsewhere;
import dev.firn.processor.decode.Intake;
import dev.firn.processor.decode.Target;
import dev.firn.processor.quarantine.Failures;
import dev.firn.processor.refer.KeysProcessor;
import dev.firn.processor.refer.Referenced;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.streams.Topology;

/** A raw topic to the compacted topic of its keys, for those who refer to it. */
public final class KeysTopology {
    private static final Target NOTHING =
            new Target(SchemaBuilder.record("Nothing").fields().endRecord(), 0, List.of());

    private KeysTopology() {}

    /** Of one topic.
     *
     * @param contract the newest that the registry has, at any time
     */
    public record Config(Referenced referenced, Supplier<Contract> contract, Intake.Means means) {
        /** For the exception handlers: no record is this application's to account for. */
        public Failures failures() {
            return new Failures(Topics.QUARANTINE, Map.of(), node -> false);
        }
    }

    /** A function of its argument alone. */
    public static Topology of(Config config) {
        Intake.Shape shape = new Intake.Shape(
                config.referenced.topic(),
                new Probing(config.contract),
                joined -> NOTHING,
                new KeptElsewhere(Probing.KEY::equals, Map.of()));
        Topology topology = new Topology();
        Wiring.addRawSource(topology, "source", config.referenced.topic());
        topology.addProcessor("keys", () -> new KeysProcessor(shape, config.means), "source");
        Wiring.addSink(topology, "known", config.referenced.keysTopic(), "keys");
        return topology;
    }

    /** A contract with one more rule, by which records are probed for their key. Safe for several threads. */
    private static final class Probing implements Supplier<Contract> {
        private static final Rule KEY = new Rule.Unique(Duration.ZERO);

        private record Pair(Contract contract, Contract probing) {}

        private final Supplier<Contract> newest;
        private volatile Pair last;

        Probing(Supplier<Contract> newest) {
            this.newest = newest;
            this.last = pair(newest.get());
        }

        // the same contract must give the same, since plans are made for each
        @SuppressWarnings("ReferenceEquality")
        @Override
        public Contract get() {
            Contract now = newest.get();
            Pair known = last;
            if (known.contract != now) {
                known = pair(now);
                last = known;
            }
            return known.probing;
        }

        private static Pair pair(Contract of) {
            FieldPath key = FieldPath.of(of.key().get(0));
            List<FieldRule> rules = new ArrayList<>(of.rules());
            rules.add(new FieldRule(key, KEY, Severity.WARNING, "key"));
            return new Pair(
                    of,
                    new Contract(of.schema(), of.key(), of.eventTime(), of.partitionBy(), of.mode(), rules, of.pii()));
        }
    }
}
