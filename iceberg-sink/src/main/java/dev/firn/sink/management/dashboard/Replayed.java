package dev.firn.sink.management.dashboard;

import dev.firn.sink.replay.Replayer;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Map;
import java.util.stream.Collectors;

/** What became of records that were to come back from quarantine.
 *
 * @param sent how many to which topic
 * @param before how many had come back before
 * @param refused how many can't, by the reason why
 * @param more whether there are more, for another time
 */
@Serdeable
record Replayed(Map<String, Long> sent, long before, Map<String, Long> refused, boolean more) {
    static Replayed of(Replayer.Outcome outcome, boolean more) {
        Map<String, Long> refused = outcome.refused().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().text(), Map.Entry::getValue));
        return new Replayed(outcome.sent(), outcome.before(), refused, more);
    }
}
