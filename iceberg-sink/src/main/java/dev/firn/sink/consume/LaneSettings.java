package dev.firn.sink.consume;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** How lanes consume.
 *
 * @param topics matched against the whole name
 * @param clientId of this instance alone: what the ids of its clients begin with
 * @param kafka for every consumer; what the lanes' guarantees depend on is not among it
 * @param whileRevoked how long a lane waits for the commit of windows whose partitions it loses
 * @param goodbye how long a lane that is stopped waits for its last commits
 */
public record LaneSettings(
        int lanes,
        Pattern topics,
        String groupId,
        String clientId,
        Map<String, String> kafka,
        StartAt startAt,
        WindowLimits limits,
        Duration whileRevoked,
        Duration goodbye) {
    public LaneSettings {
        ConsumerSettings.require(kafka);
        kafka = Map.copyOf(kafka);
    }

    /** Whether there is anything to be read for a table that takes a share of a topic. */
    boolean takes(Target other) {
        return other.share()
                .filter(share -> topics.matcher(share.topic()).matches())
                .isPresent();
    }

    /** The same for a table that takes a share of a topic, in a group of its own. */
    LaneSettings of(Target other) {
        return new LaneSettings(
                lanes,
                Pattern.compile(Pattern.quote(other.share().orElseThrow().topic())),
                groupId + "." + other.table(),
                clientId,
                kafka,
                startAt,
                limits,
                whileRevoked,
                goodbye);
    }
}
