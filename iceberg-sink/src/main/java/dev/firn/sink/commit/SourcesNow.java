package dev.firn.sink.commit;

import java.util.Map;
import java.util.Optional;

/** What topics are at one moment.
 *
 * @param topicIds of those that exist
 * @param bounds of every partition of these
 */
public record SourcesNow(Optional<String> cluster, Map<String, String> topicIds, Map<Source, Span> bounds) {
    public SourcesNow {
        topicIds = Map.copyOf(topicIds);
        bounds = Map.copyOf(bounds);
    }

    /** How many the topic has; 0 if it does not exist. */
    int partitions(String topic) {
        return (int) bounds.keySet().stream()
                .filter(source -> source.topic().equals(topic))
                .count();
    }
}
