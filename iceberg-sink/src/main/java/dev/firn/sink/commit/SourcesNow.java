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
}
