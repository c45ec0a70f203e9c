package dev.firn.processor.run;

import dev.firn.processor.count.Tally;
import dev.firn.processor.decode.Intake;
import dev.firn.processor.decode.Outage;
import dev.firn.processor.dedup.TimelineProcessor;
import dev.firn.processor.mask.PiiKey;
import dev.firn.processor.quality.QualityProcessor;
import dev.firn.processor.quarantine.QuarantineWriter;
import dev.firn.processor.refer.Referenced;
import dev.firn.processor.topology.ContractTopology;
import dev.firn.processor.topology.Topics;
import dev.firn.processor.wait.ReferenceProgress;
import dev.firn.quarantine.Replay;
import dev.firn.registry.RegistryException;
import dev.firn.registry.SchemaRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up topics by their contracts alone: looks every now and then which there are, learns their newest schemas, and keeps
 * an application running for each that has a contract. A topic that appears, fails or goes is no other's concern.
 */
public final class ContractTopics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ContractTopics.class);

    private final EngineConfig config;
    private final Intake.Means means;
    private final BiConsumer<Group, KafkaStreams> started;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "contract-topics");
    private final Map<String, ContractTopic> topics = new ConcurrentSkipListMap<>();
    /** Topics that can't be taken up yet, and why. */
    private final Map<String, String> waits = new ConcurrentSkipListMap<>();

    private final ReferencedTopics referenced;
    private final Map<String, ContractRun> runs = new ConcurrentSkipListMap<>();

    /** What all topics share. */
    public record Means(SchemaRegistry registry, PiiKey key, Tally tally) {}

    /** Starts nothing yet.
     *
     * @param started told of each start of Kafka Streams, before it, with what the application reads and writes
     */
    public ContractTopics(EngineConfig config, Means means, BiConsumer<Group, KafkaStreams> started) {
        this.config = config;
        this.started = started;
        Outage outage = new Outage(Engine.OUTAGE_LIMIT, Engine.PAUSE, () -> stop.getCount() == 0);
        this.means = new Intake.Means(means.registry, outage, means.key, means.tally);
        this.referenced = new ReferencedTopics(config, this.means, started);
    }

    public void start() {
        thread.start();
    }

    /** Whether it will go on by itself, whatever happens outside. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Of the applications that run. */
    public List<Group> groups() {
        return Stream.concat(runs.values().stream().map(ContractRun::group), referenced.groups().stream())
                .toList();
    }

    /** State of each topic, for people: that of Kafka Streams, or why it is not taken up. */
    public Map<String, String> states() {
        Map<String, String> states = new ConcurrentSkipListMap<>();
        topics.forEach((name, topic) -> topic.refusal().ifPresent(why -> states.put(name, "REFUSED: " + why)));
        referenced.states().forEach(states::putIfAbsent);
        waits.forEach(states::putIfAbsent);
        runs.forEach(
                (name, run) -> states.putIfAbsent(name, run.streams().state().name()));
        return states;
    }

    /** Whether every topic with a contract runs. */
    public boolean isRunning() {
        return states().values().stream().allMatch(KafkaStreams.State.RUNNING.name()::equals);
    }

    private void run() {
        try (Admin admin = Admin.create(Map.copyOf(config.clients()))) {
            do {
                look(admin);
            } while (!stop.await(config.contracts().interval().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            runs.values().parallelStream().forEach(ContractRun::close);
            referenced.close();
        }
    }

    private void look(Admin admin) {
        try {
            Preparation preparation = new Preparation(admin, config);
            Set<String> there = new TreeSet<>(preparation.names());
            referenced.look(there, preparation);
            List<String> ours = there.stream().filter(this::isOurs).toList();
            endAllBut(ours);
            for (String name : ours) {
                ContractTopic topic = topics.computeIfAbsent(name, ContractTopic::new);
                topic.learnFrom(means.registry());
                if (topic.contract().isPresent() && !runs.containsKey(name)) {
                    takeUp(topic, there, admin);
                }
            }
        } catch (KafkaException | RegistryException e) {
            LOG.warn("can't look for topics cause=\"{}\"", e.getMessage());
        } catch (RuntimeException e) {
            // the applications that run must not end with it
            LOG.error("can't look for topics", e);
        }
    }

    private boolean isOurs(String topic) {
        return config.contracts().topics().matcher(topic).matches()
                && !(config.futureMobility() && Topics.RAW.contains(topic));
    }

    /** Ends, too, what has failed, or now refers to other topics: it is begun again. */
    private void endAllBut(List<String> there) {
        topics.keySet().retainAll(there);
        waits.keySet().retainAll(there);
        runs.forEach((name, run) -> {
            ContractTopic topic = topics.get(name);
            if (topic == null || run.hasEnded() || !run.references().equals(topic.references())) {
                run.close();
                runs.remove(name);
            }
        });
    }

    private void takeUp(ContractTopic topic, Set<String> there, Admin admin) {
        Preparation preparation = new Preparation(admin, config);
        List<Referenced> references = new ArrayList<>();
        for (String name : topic.references()) {
            Optional<Referenced> kept = referenced.keep(name, there, preparation);
            if (kept.isEmpty()) {
                waits.put(topic.name(), "WAITING_FOR " + name);
                return;
            }
            references.add(kept.get());
        }
        Integer partitions = preparation.partitions(List.of(topic.name())).get(topic.name());
        if (partitions != null) {
            waits.remove(topic.name());
            preparation.createSilver(topic.silver(), partitions);
            preparation.createRetries(Map.of(topic.name(), partitions));
            start(topic, references, admin);
        }
    }

    private void start(ContractTopic topic, List<Referenced> references, Admin admin) {
        EngineConfig own = config.of(topic.name());
        Group group = new Group(
                own.applicationId(), inputs(topic.name()), List.of(topic.silver(), Topics.QUARANTINE, Topics.QUALITY));
        AppliedPositions applied = clients(topic.name(), means.registry());
        Optional<ReferenceWatch> watch =
                references.isEmpty() ? Optional.empty() : Optional.of(watch(references, applied, admin));
        ReferenceProgress progress =
                watch.<ReferenceProgress>map(each -> each).orElse(ReferenceProgress.NOTHING_TO_TAKE_IN);
        ContractTopology.Config topology = topology(topic, references, progress);
        ContractRun run = new ContractRun(
                group,
                topic.references(),
                ContractTopology.of(topology),
                StreamsProperties.of(own, topology.failures()),
                applied,
                () -> watch.ifPresent(ReferenceWatch::close));
        started.accept(group, run.streams());
        runs.put(topic.name(), run);
        run.streams().start();
    }

    /** A raw topic, and the one through which its records come back. */
    static List<String> inputs(String raw) {
        return List.of(raw, Replay.processorTopic(raw));
    }

    /** Of an application that reads a raw topic. */
    static AppliedPositions clients(String raw, SchemaRegistry registry) {
        return new AppliedPositions(new SchemasAhead(registry, Set.copyOf(inputs(raw)), Engine.PAUSE));
    }

    private ReferenceWatch watch(List<Referenced> topics, AppliedPositions applied, Admin admin) {
        ReferenceWatch.References references = new ReferenceWatch.References(
                referenced.groups(topics.stream().map(Referenced::topic).collect(Collectors.toSet())),
                topics.stream().map(Referenced::keysTopic).toList(),
                applied,
                Optional.empty());
        Duration tolerance = config.contracts().patience().dividedBy(2);
        return new ReferenceWatch(admin, references, tolerance, Clock.systemUTC());
    }

    private ContractTopology.Config topology(
            ContractTopic topic, List<Referenced> references, ReferenceProgress progress) {
        int quarantine = Preparation.register(means.registry(), Topics.QUARANTINE);
        int quality = Preparation.register(means.registry(), Topics.QUALITY);
        ContractSettings settings = config.contracts();
        return new ContractTopology.Config(
                topic.name(),
                topic.silver(),
                () -> topic.contract().orElseThrow(),
                means,
                new QuarantineWriter(quarantine, Clock.systemUTC()),
                new QualityProcessor.Reporting(quality, settings.emitInterval()),
                new TimelineProcessor.Bounds(settings.grace(), settings.maxAhead()),
                settings.filterBytes(),
                settings.largestRow(),
                new ContractTopology.References(references, settings.patience(), settings.retry(), progress));
    }

    /** Ends all in order: commits what is processed, leaves the groups. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(Engine.CLOSE.multipliedBy(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
