package dev.firn.sink.consume;

import dev.firn.sink.commit.Source;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
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

    public SourceWatch(LaneSettings settings) {
        this.admin = Admin.create(Map.copyOf(settings.kafka()));
        this.settings = settings;
    }

    /** What was seen at one moment.
     *
     * @param ends of every partition that matches, whoever follows it: the offset after its last committed record
     * @param withOthers partitions that other instances are assigned
     */
    public record Seen(Map<Source, Long> ends, Set<Source> withOthers) {}

    /** Looks now. Empty if the broker does not answer. */
    public Optional<Seen> look() {
        try {
            return Optional.of(new Seen(ends(), withOthers()));
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

    private Set<Source> withOthers() throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, ConsumerGroupDescription> groups =
                get(admin.describeConsumerGroups(List.of(settings.groupId())).all());
        return groups.values().stream()
                .flatMap(group -> group.members().stream())
                .filter(member -> !isOurs(member))
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .map(SourceWatch::source)
                .collect(Collectors.toSet());
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
