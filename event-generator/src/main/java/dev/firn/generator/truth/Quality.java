package dev.firn.generator.truth;

import dev.firn.contract.Contract;
import dev.firn.generator.sequence.Event;
import dev.firn.generator.sequence.Topic;
import dev.firn.quarantine.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code ops.quality_by_minute}, summed over minutes, which are those of the clock. A record that breaks a rule breaks no
 * other.
 */
final class Quality {
    private static final String TABLE = "ops.quality_by_minute";

    /** What is counted of a topic that the processor checks. */
    private static final class Counts {
        private final Topic topic;
        private final Map<Reason, Long> failed = new EnumMap<>(Reason.class);
        private long sent;
        private long decoded;

        Counts(Topic topic) {
            this.topic = topic;
        }

        void add(Event event) {
            sent++;
            decoded += event.fate().decodable() ? 1 : 0;
            Reason reason = event.fate().reason();
            if (reason != null) {
                failed.merge(reason, 1L, Long::sum);
            }
        }

        List<Expectation> expectations() {
            List<Expectation> all = new ArrayList<>();
            long rules = Contract.of(topic.schema()).rules().size();
            all.add(sum("checked", "rule = '*'", sent));
            all.add(sum(
                    "failed",
                    "rule = '*'",
                    failed.values().stream().mapToLong(Long::longValue).sum()));
            failed.forEach((reason, count) -> all.add(sum("failed", "rule = '" + reason + "'", count)));
            all.add(sum("checked", "field <> ''", rules * decoded));
            all.add(sum(
                    "failed",
                    "field <> '' AND rule NOT LIKE 'references%'",
                    failed.getOrDefault(Reason.RULE_FAILED, 0L)));
            return all;
        }

        private Expectation sum(String column, String which, long expected) {
            return new Expectation(
                    TABLE,
                    column + " of " + topic.text() + " where " + which,
                    "coalesce(sum(" + column + "), 0)",
                    "source_topic = '" + topic.text() + "' AND " + which,
                    Long.toString(expected));
        }
    }

    private final Map<Topic, Counts> counts = new EnumMap<>(Topic.class);

    Quality() {
        Arrays.stream(Topic.values())
                .filter(topic -> topic.processed() != null)
                .forEach(topic -> counts.put(topic, new Counts(topic)));
    }

    void add(Event event) {
        @Nullable Counts of = counts.get(event.topic());
        if (of != null) {
            of.add(event);
        }
    }

    List<Expectation> expectations() {
        return counts.values().stream()
                .flatMap(of -> of.expectations().stream())
                .toList();
    }
}
