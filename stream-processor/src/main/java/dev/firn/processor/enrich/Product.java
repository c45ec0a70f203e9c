package dev.firn.processor.enrich;

import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.pack.Utf8s;
import org.apache.avro.util.Utf8;

/** What joins need of a product. */
record Product(Utf8 name, Utf8 family, Utf8 kind) {
    static Product unpack(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        Utf8 name = Utf8s.take(in);
        Utf8 family = Utf8s.take(in);
        return new Product(name, family, Utf8s.take(in));
    }
}
