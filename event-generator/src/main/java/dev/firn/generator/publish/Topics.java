package dev.firn.generator.publish;

import dev.firn.generator.sequence.Topic;
import dev.firn.topic.TopicLeaders;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The topics as they are to be made where they are missing; those that exist stay as they are.
 *
 * @param partitions of most; products, rates, stations and the fiscal calendar have one
 * @param replication 0 for the broker's default
 * @param retention how long records stay
 */
public record Topics(int partitions, int replication, Duration retention) {
    /** Makes what is missing, and tells how many partitions there are.
     *
     * @return once every partition can be written to
     * @throws KafkaException if Kafka refuses, or can't be reached in time
     */
    public Partitions create(Admin admin) throws InterruptedException {
        try {
            Set<String> present = admin.listTopics().names().get();
            List<NewTopic> missing = Stream.of(Topic.values())
                    .filter(topic -> !present.contains(topic.text()))
                    .map(this::described)
                    .toList();
            create(admin, missing);
            return partitions(admin);
        } catch (ExecutionException e) {
            throw kafka(e);
        }
    }

    /** How many partitions a topic gets that is made here. */
    public int partitionsOf(Topic topic) {
        return switch (topic) {
            case PRODUCTS, FX_RATES, FISCAL_CALENDAR, STATIONS -> 1;
            default -> partitions;
        };
    }

    private void create(Admin admin, List<NewTopic> missing) throws InterruptedException, ExecutionException {
        try {
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
            // someone else made it in the meantime
        }
    }

    private NewTopic described(Topic topic) {
        Optional<Short> copies = replication == 0 ? Optional.empty() : Optional.of((short) replication);
        return new NewTopic(topic.text(), Optional.of(partitionsOf(topic)), copies)
                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis())));
    }

    private static Partitions partitions(Admin admin) {
        Map<String, Integer> there = TopicLeaders.await(
                admin, Arrays.stream(Topic.values()).map(Topic::text).toList());
        Map<Topic, Integer> counts = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            Integer count = there.get(topic.text());
            if (count != null) {
                counts.put(topic, count);
            }
        }
        return new Partitions(counts);
    }

    private static KafkaException kafka(ExecutionException e) {
        return e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
    }
}
