package dev.firn.processor.run;

import dev.firn.processor.count.Tally;
import dev.firn.processor.decode.Intake;
import dev.firn.processor.decode.Outage;
import dev.firn.processor.mask.PiiKey;
import dev.firn.processor.quarantine.QuarantineWriter;
import dev.firn.processor.topology.ContractTopology;
import dev.firn.processor.topology.Topics;
import dev.firn.registry.RegistryException;
import dev.firn.registry.SchemaRegistry;
import dev.firn.registry.UnknownSchemaException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
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
    private final BiConsumer<String, KafkaStreams> started;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "contract-topics");
    private final Map<String, ContractTopic> topics = new ConcurrentSkipListMap<>();
    private final Map<String, ContractRun> runs = new ConcurrentSkipListMap<>();

    /** What all topics share. */
    public record Means(SchemaRegistry registry, PiiKey key, Tally tally) {}

    /** Starts nothing yet.
     *
     * @param started told of each start of Kafka Streams, before it, with the application's id
     */
    public ContractTopics(EngineConfig config, Means means, BiConsumer<String, KafkaStreams> started) {
        this.config = config;
        this.started = started;
        Outage outage = new Outage(Engine.OUTAGE_LIMIT, Engine.PAUSE, () -> stop.getCount() == 0);
        this.means = new Intake.Means(means.registry, outage, means.key, means.tally);
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
        return runs.values().stream().map(ContractRun::group).toList();
    }

    /** State of each topic, for people: that of Kafka Streams, or why it is not taken up. */
    public Map<String, String> states() {
        Map<String, String> states = new ConcurrentSkipListMap<>();
        topics.forEach((name, topic) -> topic.refusal().ifPresent(why -> states.put(name, "REFUSED: " + why)));
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
        }
    }

    private void look(Admin admin) {
        try {
            Preparation preparation = new Preparation(admin, config);
            List<String> there =
                    preparation.names().stream().filter(this::isOurs).sorted().toList();
            forgetAllBut(there);
            for (String name : there) {
                look(topics.computeIfAbsent(name, ContractTopic::new), preparation);
            }
        } catch (KafkaException | RegistryException e) {
            LOG.warn("can't look for topics cause=\"{}\"", e.getMessage());
        }
    }

    private boolean isOurs(String topic) {
        return config.contracts().topics().matcher(topic).matches()
                && !(config.futureMobility() && Topics.RAW.contains(topic));
    }

    private void forgetAllBut(List<String> there) {
        topics.keySet().retainAll(there);
        runs.forEach((name, run) -> {
            if (!there.contains(name) || run.hasEnded()) {
                run.close();
                runs.remove(name);
            }
        });
    }

    private void look(ContractTopic topic, Preparation preparation) {
        try {
            topic.learn(means.registry().latest(topic.name() + "-value"));
        } catch (UnknownSchemaException e) {
            LOG.debug("no schema yet topic={}", topic.name());
        }
        if (topic.contract().isPresent() && !runs.containsKey(topic.name())) {
            takeUp(topic, preparation);
        }
    }

    private void takeUp(ContractTopic topic, Preparation preparation) {
        int quarantine = Preparation.register(means.registry(), Topics.QUARANTINE);
        Optional<Integer> partitions = Optional.ofNullable(
                preparation.partitions(List.of(topic.name())).get(topic.name()));
        if (partitions.isEmpty()) {
            return;
        }
        preparation.createSilver(topic.silver(), partitions.get());
        ContractTopology.Config topology = new ContractTopology.Config(
                topic.name(),
                topic.silver(),
                () -> topic.contract().orElseThrow(),
                means,
                new QuarantineWriter(quarantine, Clock.systemUTC()),
                config.contracts().grace(),
                config.contracts().filterBytes(),
                config.contracts().largestRow());
        EngineConfig own = config.of(topic.name());
        Group group = new Group(own.applicationId(), List.of(topic.name()), List.of(topic.silver(), Topics.QUARANTINE));
        ContractRun run = new ContractRun(group, topology, StreamsProperties.of(own, topology.failures()));
        started.accept(own.applicationId(), run.streams());
        runs.put(topic.name(), run);
        run.streams().start();
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
