package dev.firn.sink.replay;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What has been replayed, by {@link QuarantinedRecord#identity()}: the keys of a compacted topic. */
final class ReplayLog {
    static final String TOPIC = "firn.replayed";

    private static final Duration POLL = Duration.ofMillis(200);

    private ReplayLog() {}

    /** All that was committed. */
    static Set<String> read(Map<String, Object> clients) {
        Map<String, Object> settings = new HashMap<>(clients);
        settings.put("isolation.level", "read_committed");
        Set<String> replayed = new HashSet<>();
        TopicPartition all = new TopicPartition(TOPIC, 0);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(all));
            consumer.seekToBeginning(List.of(all));
            long end = consumer.endOffsets(List.of(all)).getOrDefault(all, 0L);
            while (consumer.position(all) < end) {
                consumer.poll(POLL).forEach(marker -> replayed.add(new String(marker.key(), StandardCharsets.UTF_8)));
            }
        }
        return replayed;
    }
}
