package dev.firn.processor.topology;

import dev.firn.contract.Contract;
import dev.firn.contract.Contracts;
import dev.firn.contract.FieldRule;
import dev.firn.contract.FlatSchema;
import dev.firn.processor.check.KeptElsewhere;
import dev.firn.processor.count.Tally;
import dev.firn.processor.decode.Intake;
import dev.firn.processor.decode.IntakeProcessor;
import dev.firn.processor.decode.Target;
import dev.firn.processor.enrich.ReferenceStores;
import dev.firn.processor.quality.QualityProcessor;
import dev.firn.processor.quarantine.Failures;
import dev.firn.processor.quarantine.QuarantineWriter;
import dev.firn.processor.quarantine.Rejects;
import dev.firn.processor.silver.Completion;
import dev.firn.processor.silver.Outlet;
import dev.firn.processor.store.Form;
import dev.firn.processor.store.HeldStores;
import dev.firn.processor.wait.Arrivals;
import dev.firn.processor.wait.ReferenceProgress;
import dev.firn.processor.watermark.SourceProgress;
import dev.firn.quarantine.Replay;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the topologies are built from, and the parts that they have in common.
 *
 * @param schemaIds by topic, for those of {@link Topics#REGISTERED}
 * @param references how far those have been taken in that refer to nothing themselves
 * @param vehicles how far vehicles have been, too, which refer to some of those
 * @param sources how far raw topics have been taken in, by topic: those of {@link Topics#AWAITED}
 */
public record Wiring(
        Settings settings,
        Intake.Means means,
        QuarantineWriter quarantine,
        Map<String, Integer> schemaIds,
        ReferenceProgress references,
        ReferenceProgress vehicles,
        Function<String, SourceProgress> sources,
        Arrivals arrivals) {
    /** Some seconds of references, at any rate that they are likely to come at. */
    private static final int ARRIVALS = 1 << 14;

    public Wiring(
            Settings settings,
            Intake.Means means,
            QuarantineWriter quarantine,
            Map<String, Integer> schemaIds,
            ReferenceProgress references,
            ReferenceProgress vehicles,
            Function<String, SourceProgress> sources) {
        this(settings, means, quarantine, schemaIds, references, vehicles, sources, new Arrivals(ARRIVALS));
    }

    /** Store of vehicles, and of those that wait. */
    public static final String VEHICLES = "vehicles";

    static final ReferenceStores REFERENCE_STORES =
            new ReferenceStores("customers", "products", "fx-rates", "fiscal-calendar", "stations", VEHICLES);

    private static final String QUARANTINE = "-quarantine";
    private static final Set<String> GOLD = Set.of(
            ActivityTopology.SESSIONS,
            WindowTopology.MINUTES.collect(),
            WindowTopology.TRENDS.collect(),
            GoldTopology.STATIONS.name(),
            GoldTopology.ALERTS.name(),
            SalesTopology.COLLECT);

    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

    private static final Map<String, String> TARGETS = Map.ofEntries(
            Map.entry(Topics.RAW_ACTIVITY, Topics.SILVER_ACTIVITY),
            Map.entry(Topics.RAW_TRANSACTIONS, Topics.SILVER_TRANSACTIONS),
            Map.entry(Topics.RAW_CUSTOMERS, Topics.DIM_CUSTOMER),
            Map.entry(Topics.RAW_PRODUCTS, Topics.DIM_PRODUCT),
            Map.entry(Topics.RAW_STATIONS, Topics.DIM_STATION),
            Map.entry(Topics.RAW_VEHICLES, Topics.DIM_VEHICLE),
            Map.entry(Topics.RAW_CHARGING, Topics.SILVER_CHARGING),
            Map.entry(Topics.RAW_HEALTH, Topics.SILVER_HEALTH),
            Map.entry(Topics.RAW_REVIEWS, Topics.SILVER_REVIEWS),
            Map.entry(Topics.RAW_FX_RATES, Topics.FX_RATES),
            Map.entry(Topics.RAW_FISCAL_CALENDAR, Topics.DIM_DATE),
            Map.entry(Topics.SALES, Topics.SALES),
            Map.entry(Topics.TRENDS, Topics.GOLD_TRENDING),
            Map.entry(Topics.MINUTES, Topics.GOLD_MINUTES));

    /** For the exception handlers. */
    public Failures failures() {
        Map<String, Rejects> rejects = new HashMap<>();
        TARGETS.keySet().forEach(source -> rejects.put(source, rejects(source)));
        Topics.RAW.forEach(raw -> rejects.put(Replay.processorTopic(raw), rejects(raw)));
        return new Failures(Topics.QUARANTINE, Map.copyOf(rejects), Wiring::isBehindRows);
    }

    /** Gold, and what counts quality. */
    private static boolean isBehindRows(String node) {
        return node.endsWith(QUARANTINE) || GOLD.contains(node);
    }

    int schemaId(String topic) {
        return Objects.requireNonNull(schemaIds.get(topic), topic);
    }

    Rejects rejects(String source) {
        return new Rejects(
                quarantine,
                Objects.requireNonNull(TARGETS.get(source), source),
                means.tally().of(source));
    }

    Outlet outlet(String source, String rows, String quarantineNode) {
        return new Outlet(rows, quarantineNode, rejects(source), settings.largestRow());
    }

    /** What a raw topic's records become, where a contract of ours says it. */
    Intake.Shape shape(String source, String silver, List<String> filledLater, KeptElsewhere kept) {
        return shape(source, new Target(Contracts.schema(silver), schemaId(silver), filledLater), kept);
    }

    /** Rows of a contract of ours: what does not come from the records of the raw topic is filled later. */
    Target rows(String source, String silver) {
        Schema schema = Contracts.schema(silver);
        Schema flat = FlatSchema.of(Contracts.of(source), "Flat", List.of());
        List<String> filledLater = schema.getFields().stream()
                .map(Schema.Field::name)
                .filter(name -> flat.getField(name) == null)
                .toList();
        return new Target(schema, schemaId(silver), filledLater);
    }

    /** What a raw topic's records become. Says so if its contract asks for a rule that nobody evaluates. */
    Intake.Shape shape(String source, Target rows, KeptElsewhere kept) {
        Contract contract = Contracts.of(source);
        Intake.Shape shape = new Intake.Shape(source, () -> contract, joined -> rows, kept);
        for (FieldRule rule : shape.unevaluated()) {
            means.tally().of(source).unevaluated(rule);
            LOG.warn("rule not evaluated topic={} field={} rule=\"{}\"", source, rule.path(), rule.text());
        }
        return shape;
    }

    Completion completion() {
        return new Completion(means.key().id());
    }

    /** Source and intake of a raw topic, as {@code NAME-source} and {@code NAME-intake}, and {@code NAME-quarantine}.
     *
     * @param decides whether the intake decides about failed rules
     */
    void addIntake(Topology topology, String name, Intake.Shape shape, boolean decides, String next) {
        IntakeProcessor.Config config =
                new IntakeProcessor.Config(shape, means, rejects(shape.topic()), decides, next, name + QUARANTINE);
        addRawSource(topology, name + "-source", shape.topic());
        topology.addProcessor(name + "-intake", () -> new IntakeProcessor(config), name + "-source");
    }

    /**
     * The way to quarantine of a raw topic's records, as {@code NAME-quarantine}, which counts them all.
     *
     * @param raw topic
     * @param parents that send records there
     */
    void addQuarantine(Topology topology, String name, String raw, String... parents) {
        addQuarantine(topology, name + "-", raw, new Quality(reporting(), means.tally()), parents);
    }

    private QualityProcessor.Reporting reporting() {
        return new QualityProcessor.Reporting(schemaId(Topics.QUALITY), settings.emitInterval());
    }

    /** How quality is counted. */
    record Quality(QualityProcessor.Reporting reporting, Tally tally) {}

    static void addQuarantine(Topology topology, String prefix, String raw, Quality quality, String... parents) {
        String store = prefix + "quality";
        QualityProcessor.Config config = new QualityProcessor.Config(
                raw, store, quality.reporting, quality.tally.unsent(), prefix + "quality-rows", prefix + "quarantined");
        topology.addProcessor(prefix + "quarantine", () -> new QualityProcessor(config), parents)
                .addStateStore(heldStore(store), prefix + "quarantine");
        addSink(topology, prefix + "quality-rows", Topics.QUALITY, prefix + "quarantine");
        addSink(topology, prefix + "quarantined", Topics.QUARANTINE, prefix + "quarantine");
    }

    /** A topic whose records may also come back from quarantine. */
    static void addRawSource(Topology topology, String name, String topic) {
        addSource(topology, name, topic, Replay.processorTopic(topic));
    }

    static void addSource(Topology topology, String name, String... topics) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                name,
                new RecordTime(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics);
    }

    static void addSink(Topology topology, String name, String topic, String... parents) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), parents);
    }

    /** A store without a changelog, whose content follows from that of others. */
    static StoreBuilder<KeyValueStore<byte[], byte[]>> derivedStore(String name) {
        return store(name).withLoggingDisabled();
    }

    /** A store whose entries change more often than tasks commit: each is written once per commit. */
    static StoreBuilder<KeyValueStore<byte[], byte[]>> heldStore(String name) {
        return heldStore(name, Form.BYTES);
    }

    /** The same, with values that are made bytes then. */
    static <V> StoreBuilder<KeyValueStore<byte[], V>> heldStore(String name, Form<V> form) {
        return new HeldStores<>(store(name), form);
    }

    /** A store whose changelog is compacted, never cut by age: the stores are emptied by deletes, by event time. */
    static StoreBuilder<KeyValueStore<byte[], byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of("cleanup.policy", "compact"));
    }
}
