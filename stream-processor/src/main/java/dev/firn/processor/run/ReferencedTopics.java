package dev.firn.processor.run;

import dev.firn.contract.Contract;
import dev.firn.contract.Pii;
import dev.firn.processor.decode.Intake;
import dev.firn.processor.refer.Referenced;
import dev.firn.processor.topology.KeysTopology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Keeps the keys of topics that others refer to: for each an application of its own, from the topic's beginning, whenever it
 * is first referred to. One thread looks; any may ask.
 */
final class ReferencedTopics implements AutoCloseable {
    private final EngineConfig config;
    private final Intake.Means means;
    private final BiConsumer<Group, KafkaStreams> started;
    private final Map<String, ContractTopic> topics = new ConcurrentSkipListMap<>();
    private final Map<String, ContractRun> runs = new ConcurrentSkipListMap<>();
    private final Map<String, Referenced> begun = new ConcurrentSkipListMap<>();

    ReferencedTopics(EngineConfig config, Intake.Means means, BiConsumer<Group, KafkaStreams> started) {
        this.config = config;
        this.means = means;
        this.started = started;
    }

    List<Group> groups() {
        return runs.values().stream().map(ContractRun::group).toList();
    }

    /** Of these topics. */
    List<Group> groups(Set<String> of) {
        return runs.entrySet().stream()
                .filter(run -> of.contains(run.getKey()))
                .map(run -> run.getValue().group())
                .toList();
    }

    /** Learns the newest contracts, and ends what has failed or whose topic has gone, so that it is begun again. */
    void look(Set<String> there, Preparation preparation) {
        topics.values().forEach(topic -> topic.learnFrom(means.registry()));
        runs.forEach((name, run) -> {
            if (!there.contains(name) || run.hasEnded()) {
                run.close();
                runs.remove(name);
            }
        });
        topics.values().stream()
                .filter(topic -> there.contains(topic.name()) && !runs.containsKey(topic.name()))
                .forEach(topic -> referenced(topic).ifPresent(of -> start(topic, of, preparation)));
    }

    /** The topic, its keys being kept, if it is there and its contract has a key. */
    Optional<Referenced> keep(String name, Set<String> there, Preparation preparation) {
        ContractTopic topic = topics.computeIfAbsent(name, each -> new ContractTopic(each, true));
        if (runs.containsKey(name)) {
            return referenced(topic);
        }
        topic.learnFrom(means.registry());
        Optional<Referenced> referenced = there.contains(name) ? referenced(topic) : Optional.empty();
        referenced.ifPresent(of -> start(topic, of, preparation));
        return referenced;
    }

    private Optional<Referenced> referenced(ContractTopic topic) {
        return topic.contract().map(contract -> new Referenced(topic.name(), keys(topic.name()), isPersonal(contract)));
    }

    /** Why what holds of a topic is not what its newest schema says. */
    Map<String, String> states() {
        Map<String, String> states = new HashMap<>();
        topics.forEach((name, topic) -> topic.refusal().ifPresent(why -> states.put(name, "REFUSED: " + why)));
        begun.forEach((name, of) -> {
            if (referenced(Objects.requireNonNull(topics.get(name), name))
                    .filter(of::equals)
                    .isEmpty()) {
                states.put(name, "KEY_CHANGED: its keys are kept " + (of.personal() ? "hashed" : "as they are"));
            }
        });
        return states;
    }

    private static boolean isPersonal(Contract contract) {
        return contract.pii().entrySet().stream()
                .anyMatch(pii -> pii.getValue() != Pii.KEEP
                        && contract.key().contains(pii.getKey().toString()));
    }

    private String keys(String topic) {
        return config.applicationId() + ".keys." + topic;
    }

    private void start(ContractTopic topic, Referenced referenced, Preparation preparation) {
        preparation.createKeys(referenced.keysTopic());
        preparation.createRetries(preparation.partitions(List.of(topic.name())));
        KeysTopology.Config keys =
                new KeysTopology.Config(referenced, () -> topic.contract().orElseThrow(), means);
        EngineConfig own = config.of("keys." + topic.name());
        Group group =
                new Group(own.applicationId(), ContractTopics.inputs(topic.name()), List.of(referenced.keysTopic()));
        ContractRun run = new ContractRun(
                group,
                Set.of(),
                KeysTopology.of(keys),
                StreamsProperties.of(own, keys.failures()),
                ContractTopics.clients(topic.name(), means.registry()),
                () -> {});
        started.accept(group, run.streams());
        runs.put(topic.name(), run);
        begun.putIfAbsent(topic.name(), referenced);
        run.streams().start();
    }

    @Override
    public void close() {
        runs.values().parallelStream().forEach(ContractRun::close);
    }
}
