package dev.firn.generator.resume;

import dev.firn.generator.publish.Controls;
import dev.firn.generator.publish.Present;
import dev.firn.generator.publish.PublishException;
import dev.firn.generator.sequence.Topic;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out where an earlier process has stopped, by what Kafka holds. */
public final class Resume {
    private static final Logger LOG = LoggerFactory.getLogger(Resume.class);

    private final Controls controls;
    private final Duration quiet;

    /** @param quiet how long no partition may have grown: a killed process may have requests on their way still */
    public Resume(Controls controls, Duration quiet) {
        this.controls = controls;
        this.quiet = quiet;
    }

    /** Reads the ends of all topics, which have to exist.
     *
     * @throws PublishException if what is there does not allow to go on
     */
    public Present find(Map<String, String> properties) throws InterruptedException {
        Map<String, Object> config = new HashMap<>(properties);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "firn-generator-resume");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return find(consumer);
        }
    }

    private Present find(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        List<TopicPartition> partitions = Arrays.stream(Topic.values())
                .flatMap(topic -> consumer.partitionsFor(topic.text()).stream())
                .map(Resume::partition)
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = stableEnds(consumer, partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, LastRecord> last = new HashMap<>();
        Tail tail = new Tail(consumer);
        for (TopicPartition partition : partitions) {
            long begin = begins.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, 0L);
            LastRecord record = tail.find(partition, begin, end);
            if (record != null) {
                LOG.info(
                        "found topic={} partition={} offset={} seq={}",
                        partition.topic(),
                        partition.partition(),
                        end,
                        record.seq());
                last.put(partition, record);
            } else if (begin > 0) {
                throw new PublishException(partition + " has lost its first records to retention, and holds none of"
                        + " this generator: begin with empty topics");
            }
        }
        return new ResumePoint(last);
    }

    private Map<TopicPartition, Long> stableEnds(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions)
            throws InterruptedException {
        Map<TopicPartition, Long> before = Map.of();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (!ends.equals(before) && !controls.stopped()) {
            controls.sleep(quiet.toNanos());
            before = ends;
            ends = consumer.endOffsets(partitions);
        }
        return ends;
    }

    private static TopicPartition partition(PartitionInfo info) {
        return new TopicPartition(info.topic(), info.partition());
    }
}
