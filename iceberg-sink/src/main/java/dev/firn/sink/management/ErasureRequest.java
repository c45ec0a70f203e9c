package dev.firn.sink.management;

import io.micronaut.serde.annotation.Serdeable;
import java.util.Map;

/** Whose rows are to be erased.
 *
 * @param key values by column
 */
@Serdeable
record ErasureRequest(Map<String, String> key) {
    ErasureRequest {
        key = Map.copyOf(key);
    }

    /** The values are a person's. */
    @Override
    public String toString() {
        return "ErasureRequest[key=" + key.keySet() + "]";
    }
}
