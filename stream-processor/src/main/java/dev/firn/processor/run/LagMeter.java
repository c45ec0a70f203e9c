package dev.firn.processor.run;

import dev.firn.quarantine.Replay;
import dev.firn.topic.Answers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Asks Kafka how far the application is. */
final class LagMeter {
    private final Admin admin;

    LagMeter(Admin admin) {
        this.admin = admin;
    }

    /**
     * The lag, never less than it is: what was committed is asked for first, and what is to come out of it for other
     * inputs was written in the same transaction. The ends count what open transactions have written.
     */
    Lag measure(List<Group> groups) {
        Map<String, Long> lag = new TreeMap<>();
        List<String> outputs = new ArrayList<>();
        long sum = 0;
        for (Group group : groups) {
            outputs.addAll(group.outputs());
            for (Map.Entry<TopicPartition, Position> input : positions(group).entrySet()) {
                Position at = input.getValue();
                String topic = input.getKey().topic();
                // each raw topic has a way back, which hardly ever holds anything
                if (at.end() > 0 || !Replay.isRetry(topic)) {
                    lag.merge(topic, Math.max(0, at.end() - at.reached()), Long::sum);
                }
                sum += at.reached();
            }
        }
        return new Lag(lag, sum, areSettled(outputs));
    }

    /** Where the group and its inputs' partitions are, committed offsets first. */
    Map<TopicPartition, Position> positions(Group group) {
        Map<TopicPartition, OffsetAndMetadata> committed =
                Answers.of(admin.listConsumerGroupOffsets(group.id()).partitionsToOffsetAndMetadata());
        return positions(group.inputs(), input -> {
            OffsetAndMetadata at = committed.get(input);
            return at == null ? 0 : at.offset();
        });
    }

    /** Where the topics' partitions are, and who reads them.
     *
     * @param reached next offset to be processed, 0 if there is none; asked for after all else
     */
    Map<TopicPartition, Position> positions(List<String> topics, ToLongFunction<TopicPartition> reached) {
        List<TopicPartition> inputs = partitions(topics);
        Map<TopicPartition, Long> ends = offsets(inputs, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Long> begins = offsets(inputs, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Position> positions = new HashMap<>();
        for (TopicPartition input : inputs) {
            long from = Math.max(begins.getOrDefault(input, 0L), reached.applyAsLong(input));
            positions.put(input, new Position(from, ends.getOrDefault(input, from)));
        }
        return positions;
    }

    /** Of one partition.
     *
     * @param reached the next offset to be processed, or the first that is kept if that is later
     * @param end counts what open transactions have written
     */
    record Position(long reached, long end) {}

    private boolean areSettled(List<String> topics) {
        List<TopicPartition> outputs = partitions(topics);
        return offsets(outputs, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED)
                .equals(offsets(outputs, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED));
    }

    private List<TopicPartition> partitions(List<String> topics) {
        return Answers.of(admin.describeTopics(topics).allTopicNames()).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> of, OffsetSpec which, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> question =
                of.stream().collect(Collectors.toMap(Function.identity(), partition -> which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        Answers.of(admin.listOffsets(question, new ListOffsetsOptions(isolation))
                        .all())
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }
}
