package dev.firn.processor.run;

import java.util.List;

/** One application, as Kafka sees it.
 *
 * @param id of its consumer group
 * @param inputs topics, internal ones too
 * @param outputs topics
 */
public record Group(String id, List<String> inputs, List<String> outputs) {}
