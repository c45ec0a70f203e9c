package dev.firn.processor.refer;

import dev.firn.processor.pack.Packer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/** A topic whose keys others refer to.
 *
 * @param topic raw
 * @param keysTopic compacted: its keys, as they are referred to
 * @param personal whether its key is personal data, so that only a keyed hash of it is kept
 */
public record Referenced(String topic, String keysTopic, boolean personal) {
    /** Name of the global store with its keys. */
    public String store() {
        return "keys-" + topic;
    }

    public Lookup lookup() {
        return new Lookup(topic, store(), this::awaited);
    }

    /** Name of one of its keys among all that is waited for. */
    Bytes awaited(byte[] key) {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(new Packer().putBytes(name).putRaw(key, key.length).toBytes());
    }
}
