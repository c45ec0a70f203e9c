package dev.firn.sink.replay;

import dev.firn.quarantine.Replay;
import dev.firn.topic.Answers;
import dev.firn.topic.TopicLeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics that replayed records go to, made where they are not there yet. */
final class RetryTopics {
    private static final Map<String, String> CONFIG =
            Map.of("message.timestamp.type", "LogAppendTime", "max.message.bytes", Integer.toString(4 << 20));

    private final Admin admin;
    private final Map<String, Integer> partitions = new HashMap<>();

    RetryTopics(Admin admin) {
        this.admin = admin;
    }

    /** Where the record goes; empty if its own topic is gone. */
    Optional<String> of(QuarantinedRecord record) {
        String from = record.at().topic();
        if (partitions(from) == 0) {
            return Optional.empty();
        }
        if (Replay.isRetry(from)) {
            return Optional.of(from);
        }
        String retry = record.bySink() ? Replay.sinkTopic(record.target()) : Replay.processorTopic(from);
        provide(retry, partitions(from));
        return Optional.of(retry);
    }

    /** The partition of the same number, so that the record meets the state of its neighbours. */
    int partition(String retry, QuarantinedRecord record) {
        return record.at().partition() % partitions(retry);
    }

    private void provide(String topic, int wanted) {
        if (partitions(topic) == 0) {
            create(new NewTopic(topic, Optional.of(wanted), Optional.empty()).configs(CONFIG));
            partitions.put(topic, wanted);
        }
    }

    /** A topic whose entries are never dropped, while each has a key of its own. */
    void provideCompacted(String topic) {
        if (partitions(topic) == 0) {
            create(new NewTopic(topic, Optional.of(1), Optional.empty()).configs(Map.of("cleanup.policy", "compact")));
        }
    }

    private void create(NewTopic topic) {
        try {
            Answers.of(admin.createTopics(List.of(topic)).all());
        } catch (TopicExistsException e) {
            // somebody else was faster, and means the same
        }
        TopicLeaders.await(admin, List.of(topic.name()));
    }

    private int partitions(String topic) {
        return partitions.computeIfAbsent(topic, this::ask);
    }

    private int ask(String topic) {
        try {
            return Answers.of(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
                    .mapToInt(description -> description.partitions().size())
                    .sum();
        } catch (UnknownTopicOrPartitionException e) {
            return 0;
        }
    }
}
