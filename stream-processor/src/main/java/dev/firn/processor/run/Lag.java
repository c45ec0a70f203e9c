package dev.firn.processor.run;

import java.util.Map;

/** What the inputs hold that is not processed and committed, as one question to Kafka found it.
 *
 * @param byTopic records; raw and internal topics, and those through which records have come back from quarantine
 * @param committed sum of all committed offsets
 * @param outputsSettled whether no transaction is open on a topic that we write
 */
public record Lag(Map<String, Long> byTopic, long committed, boolean outputsSettled) {
    public long total() {
        return byTopic.values().stream().mapToLong(Long::longValue).sum();
    }
}
