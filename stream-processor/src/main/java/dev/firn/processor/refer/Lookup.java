package dev.firn.processor.refer;

import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;

/** Where the keys of a topic are, whatever is kept of each.
 *
 * @param topic raw
 * @param store global, by key
 * @param awaited name of one of its keys among all that is waited for
 */
public record Lookup(String topic, String store, Function<byte[], Bytes> awaited) {}
