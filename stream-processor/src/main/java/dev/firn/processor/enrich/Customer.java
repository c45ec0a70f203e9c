package dev.firn.processor.enrich;

import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.pack.Utf8s;
import org.apache.avro.util.Utf8;

/** What joins need of a customer. */
record Customer(Utf8 tier, Utf8 country) {
    static Customer unpack(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        return new Customer(Utf8s.take(in), Utf8s.take(in));
    }
}
