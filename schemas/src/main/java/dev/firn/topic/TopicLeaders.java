package dev.firn.topic;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Waits for topics that were just made. One can be known before its leaders are ready; a producer's first batch, refused
 * then, while its second is taken, is out of order for good, and lost (KAFKA-15591).
 */
public final class TopicLeaders {
    /** The broker that is asked may hear of a topic later than the one that made it. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private TopicLeaders() {}

    /** Returns once every partition can be written to.
     *
     * @param topics that exist
     * @return how many partitions each has
     * @throws KafkaException if Kafka refuses, or can't be reached in time
     * @throws InterruptException if the thread is interrupted
     */
    public static Map<String, Integer> await(Admin admin, Collection<String> topics) {
        return await(admin, topics, PATIENCE);
    }

    static Map<String, Integer> await(Admin admin, Collection<String> topics, Duration patience) {
        Map<String, Integer> counts = new HashMap<>();
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (TopicDescription topic : known(admin, topics, patience).values()) {
            counts.put(topic.name(), topic.partitions().size());
            topic.partitions()
                    .forEach(partition ->
                            ends.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
        }
        // the client asks each leader itself, and again as long as one is missing
        Answers.of(admin.listOffsets(ends).all());
        return counts;
    }

    private static Map<String, TopicDescription> known(Admin admin, Collection<String> topics, Duration patience) {
        long began = System.nanoTime();
        while (true) {
            try {
                return Answers.of(admin.describeTopics(topics).allTopicNames());
            } catch (UnknownTopicOrPartitionException e) {
                if (System.nanoTime() - began > patience.toNanos()) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
