package dev.firn.sink.consume;

import static java.util.Objects.requireNonNull;

import dev.firn.sink.commit.Source;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the topics from outside the lanes. Safe for use by many threads. */
public final class SourceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Admin admin;
    private final LaneSettings settings;
    private final Routes routes;

    public SourceWatch(LaneSettings settings, Routes routes) {
        this.admin = Admin.create(Map.copyOf(settings.kafka()));
        this.settings = settings;
        this.routes = routes;
    }

    /** One partition on its way into one table. Where tables share a topic, each of them follows its partitions. */
    public record Followed(Source source, TableIdentifier table) {}

    /** What was seen at one moment.
     *
     * @param ends of every partition that matches, whoever follows it: the offset after its last committed record
     * @param all that some instance has to follow
     * @param withOthers of these, what other instances are assigned
     */
    public record Seen(Map<Source, Long> ends, Set<Followed> all, Set<Followed> withOthers) {
        /** Those that nobody follows, if this instance follows the given ones. */
        public Set<Followed> unassigned(Set<Followed> here) {
            Set<Followed> missing = new HashSet<>(all);
            missing.removeAll(here);
            missing.removeAll(withOthers);
            return missing;
        }
    }

    /** Looks now. Empty if the broker does not answer. */
    public Optional<Seen> look() {
        try {
            Map<Source, Long> ends = ends();
            return Optional.of(new Seen(ends, all(ends.keySet()), withOthers()));
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The broker does not say where topics end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private Map<Source, Long> ends() throws ExecutionException, InterruptedException, TimeoutException {
        List<String> topics = get(admin.listTopics().names()).stream()
                .filter(topic -> settings.topics().matcher(topic).matches())
                .toList();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (TopicDescription topic :
                get(admin.describeTopics(topics).allTopicNames()).values()) {
            topic.partitions()
                    .forEach(partition ->
                            latest.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
        }
        Map<TopicPartition, ListOffsetsResultInfo> found =
                get(admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all());
        Map<Source, Long> ends = new HashMap<>();
        found.forEach((partition, end) -> ends.put(source(partition), end.offset()));
        return ends;
    }

    private Set<Followed> all(Set<Source> sources) {
        Set<Followed> all = new HashSet<>();
        for (Source source : sources) {
            all.add(new Followed(source, routes.target(source.topic()).table()));
            others().filter(other ->
                            settings.of(other).topics().matcher(source.topic()).matches())
                    .forEach(other -> all.add(new Followed(source, other.table())));
        }
        return all;
    }

    /** Tables that are followed in groups of their own. */
    private Stream<Target> others() {
        return routes.others().stream().filter(settings::takes);
    }

    private Set<Followed> withOthers() throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, Function<String, TableIdentifier>> tables = new HashMap<>();
        tables.put(settings.groupId(), topic -> routes.target(topic).table());
        others().forEach(other -> tables.put(settings.of(other).groupId(), topic -> other.table()));
        Set<Followed> followed = new HashSet<>();
        get(admin.describeConsumerGroups(tables.keySet()).all())
                .forEach((group, description) -> description.members().stream()
                        .filter(member -> !isOurs(member))
                        .flatMap(member -> member.assignment().topicPartitions().stream())
                        .map(partition -> new Followed(
                                source(partition),
                                requireNonNull(tables.get(group)).apply(partition.topic())))
                        .forEach(followed::add));
        return followed;
    }

    private boolean isOurs(MemberDescription member) {
        return member.clientId().startsWith(settings.clientId());
    }

    private static Source source(TopicPartition partition) {
        return new Source(partition.topic(), partition.partition());
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        admin.close(PATIENCE);
    }
}
