package dev.firn.processor.run;

import dev.firn.processor.count.Tally;
import dev.firn.processor.decode.Intake;
import dev.firn.processor.decode.Outage;
import dev.firn.processor.mask.PiiKey;
import dev.firn.processor.quarantine.QuarantineWriter;
import dev.firn.processor.topology.ProcessorTopology;
import dev.firn.processor.topology.Settings;
import dev.firn.processor.topology.Topics;
import dev.firn.processor.topology.Wiring;
import dev.firn.registry.RegistryException;
import dev.firn.registry.SchemaRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the topologies running: waits for registry and raw topics, starts them, and starts them again whenever they end by
 * themselves. Runs on a thread of its own until it is closed.
 */
public final class Engine implements AutoCloseable {
    /** What it is doing, for people; while it runs, the state of Kafka Streams. */
    private enum Phase {
        OFF,
        STARTING,
        WAITING_FOR_KAFKA_OR_REGISTRY,
        WAITING_FOR_TOPICS,
        RUNNING,
        STOPPED
    }

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    static final Duration PAUSE = Duration.ofSeconds(1);
    static final Duration CLOSE = Duration.ofSeconds(10);
    /**
     * A third of a transaction's time, since a question that goes without an answer takes a while itself. Schemas are asked for
     * before records are processed; here only what comes of them is, such as a row's schema, is registered.
     */
    static final Duration OUTAGE_LIMIT = StreamsProperties.TRANSACTION_TIMEOUT.dividedBy(3);

    private final EngineConfig config;
    private final SchemaRegistry registry;
    private final PiiKey piiKey;
    private final Tally tally;
    private final BiConsumer<Group, KafkaStreams> started;
    private final RestoreProgress restores = new RestoreProgress();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "engine");
    private volatile Phase phase = Phase.STARTING;
    private volatile @Nullable KafkaStreams streams;
    private volatile @Nullable Topology topology;

    /** Starts nothing yet.
     *
     * @param started told of each start of Kafka Streams, before it, with what the application reads and writes
     */
    public Engine(
            EngineConfig config,
            SchemaRegistry registry,
            PiiKey piiKey,
            Tally tally,
            BiConsumer<Group, KafkaStreams> started) {
        this.config = config;
        this.registry = registry;
        this.piiKey = piiKey;
        this.tally = tally;
        this.started = started;
    }

    public void start() {
        thread.start();
    }

    /** What it reads and writes; nothing if FutureMobility's topologies are off. */
    public List<Group> groups() {
        List<String> inputs = new ArrayList<>(records());
        inputs.addAll(Topics.INTERNAL);
        return config.futureMobility()
                ? List.of(new Group(config.applicationId(), inputs, Topics.REGISTERED))
                : List.of();
    }

    /** Raw topics, and those through which their records come back. */
    private static Set<String> records() {
        return Topics.RAW.stream()
                .flatMap(topic -> ContractTopics.inputs(topic).stream())
                .collect(Collectors.toSet());
    }

    /** Whether it has nothing to do. */
    public boolean isOff() {
        return !config.futureMobility();
    }

    /** Whether it will go on by itself, whatever happens outside. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** State of Kafka Streams, or what is waited for. */
    public String state() {
        KafkaStreams running = streams;
        return phase == Phase.RUNNING && running != null ? running.state().name() : phase.name();
    }

    public Optional<KafkaStreams> streams() {
        return Optional.ofNullable(streams);
    }

    /** The topology, once the raw topics are known. */
    public Optional<Topology> topology() {
        return Optional.ofNullable(topology);
    }

    public RestoreProgress restores() {
        return restores;
    }

    private void run() {
        while (isOff() && !isStopping()) {
            phase = Phase.OFF;
            pause();
        }
        while (!isStopping()) {
            try {
                runOnce();
            } catch (KafkaException | RegistryException e) {
                phase = Phase.WAITING_FOR_KAFKA_OR_REGISTRY;
                LOG.warn("not running, trying again pause={} cause=\"{}\"", PAUSE, e.getMessage());
            }
            pause();
        }
        phase = Phase.STOPPED;
    }

    private void runOnce() {
        Map<String, Integer> schemaIds = Preparation.register(registry);
        try (Admin admin = Admin.create(Map.copyOf(config.clients()))) {
            Preparation preparation = new Preparation(admin, config);
            Map<String, Integer> raw = awaitRaw(preparation);
            if (!isStopping()) {
                preparation.createOutputs();
                preparation.createRetries(raw);
                Settings settings = config.settings().apply(partitions(raw));
                AppliedPositions applied = new AppliedPositions(new SchemasAhead(registry, records(), PAUSE));
                try (Watches watches = new Watches(admin, config, settings, applied, this::streams)) {
                    runStreams(wiring(schemaIds, settings, watches), applied);
                }
            }
        }
    }

    private static Settings.Partitions partitions(Map<String, Integer> raw) {
        return new Settings.Partitions(
                Objects.requireNonNull(raw.get(Topics.RAW_ACTIVITY)),
                Objects.requireNonNull(raw.get(Topics.RAW_TRANSACTIONS)));
    }

    /** The raw topics with their partitions: all, unless there was no time to wait for them. */
    private Map<String, Integer> awaitRaw(Preparation preparation) {
        Map<String, Integer> there = preparation.partitions(Topics.RAW);
        int said = 0;
        while (there.size() < Topics.RAW.size() && !isStopping()) {
            phase = Phase.WAITING_FOR_TOPICS;
            List<String> missing = Topics.RAW.stream()
                    .filter(topic -> !there.containsKey(topic))
                    .toList();
            if (missing.size() != said) {
                LOG.info("waiting for topics={}", missing);
                said = missing.size();
            }
            pause();
            there.putAll(preparation.partitions(missing));
        }
        return there;
    }

    private Wiring wiring(Map<String, Integer> schemaIds, Settings settings, Watches watches) {
        Outage outage = new Outage(OUTAGE_LIMIT, PAUSE, this::isStopping);
        Integer quarantineId = schemaIds.getOrDefault(Topics.QUARANTINE, 0);
        return new Wiring(
                settings,
                new Intake.Means(registry, outage, piiKey, tally),
                new QuarantineWriter(quarantineId, Clock.systemUTC()),
                schemaIds,
                watches.references(),
                watches.vehicles(),
                watches.sources()::of);
    }

    private void runStreams(Wiring wiring, AppliedPositions applied) {
        Topology built = ProcessorTopology.of(wiring);
        topology = built;
        CountDownLatch ended = new CountDownLatch(1);
        Properties properties = StreamsProperties.of(config, wiring.failures());
        try (KafkaStreams running = new KafkaStreams(built, properties, applied)) {
            running.setUncaughtExceptionHandler(Engine::replace);
            running.setGlobalStateRestoreListener(restores);
            running.setStateListener((now, before) -> {
                LOG.info("state={} before={}", now, before);
                if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
                    ended.countDown();
                }
            });
            groups().forEach(group -> started.accept(group, running));
            streams = running;
            phase = Phase.RUNNING;
            running.start();
            awaitEnd(ended);
            running.close(CLOSE);
        } finally {
            streams = null;
        }
    }

    /** A thread may end by a fault of Kafka, the registry or a store: its tasks go on in another. */
    static StreamThreadExceptionResponse replace(Throwable failure) {
        LOG.error("stream thread ended, replacing it", failure);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private void awaitEnd(CountDownLatch ended) {
        try {
            while (!isStopping() && !ended.await(PAUSE.toMillis() / 10, TimeUnit.MILLISECONDS)) {
                // one of the two will come
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }

    private void pause() {
        try {
            stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }

    /** Ends the work in order: commits what is processed, leaves the group. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(CLOSE.multipliedBy(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
