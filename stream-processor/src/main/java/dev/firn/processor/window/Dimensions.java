package dev.firn.processor.window;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.pack.Utf8s;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.utils.Bytes;

/** What the minutes are counted by. */
record Dimensions(Utf8 eventType, Utf8 country, Utf8 deviceType) {
    Bytes pack(Packer out) {
        out.reset();
        Utf8s.put(eventType, out);
        Utf8s.put(country, out);
        Utf8s.put(deviceType, out);
        return Bytes.wrap(out.toBytes());
    }

    static Dimensions unpack(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        Utf8 eventType = Utf8s.take(in);
        Utf8 country = Utf8s.take(in);
        return new Dimensions(eventType, country, Utf8s.take(in));
    }
}
