package dev.firn.processor.refer;

import dev.firn.processor.pack.Decimals;
import dev.firn.processor.pack.Utf8s;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.util.Utf8;

/** Keys as they are referred to: the value's text, several values' with a bar between. */
final class KeyText {
    private KeyText() {}

    static byte[] of(Object value) {
        if (value instanceof Utf8 text) {
            return Utf8s.bytes(text);
        }
        if (value instanceof ByteBuffer || value instanceof GenericFixed) {
            return Decimals.unscaled(value);
        }
        String text = value instanceof List<?> parts
                ? parts.stream().map(Object::toString).collect(Collectors.joining("|"))
                : value.toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
