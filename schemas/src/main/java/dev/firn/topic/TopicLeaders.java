package dev.firn.topic;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Waits for topics that were just made. One can be known before its leaders are ready; a producer's first batch, refused
 * then, while its second is taken, is out of order for good, and lost (KAFKA-15591).
 */
public final class TopicLeaders {
    private TopicLeaders() {}

    /** Returns once every partition can be written to.
     *
     * @param topics that exist
     * @return how many partitions each has
     * @throws KafkaException if Kafka refuses, or can't be reached in time
     * @throws InterruptException if the thread is interrupted
     */
    public static Map<String, Integer> await(Admin admin, Collection<String> topics) {
        Map<String, Integer> counts = new HashMap<>();
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (TopicDescription topic :
                Answers.of(admin.describeTopics(topics).allTopicNames()).values()) {
            counts.put(topic.name(), topic.partitions().size());
            topic.partitions()
                    .forEach(partition ->
                            ends.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
        }
        // the client asks each leader itself, and again as long as one is missing
        Answers.of(admin.listOffsets(ends).all());
        return counts;
    }
}
