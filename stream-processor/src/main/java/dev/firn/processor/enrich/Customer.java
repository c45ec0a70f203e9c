package dev.firn.processor.enrich;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.pack.Utf8s;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** What joins need of a customer. */
record Customer(Utf8 tier, Utf8 country) {
    static byte[] pack(GenericRecord row) {
        Packer out = new Packer();
        Utf8s.put((Utf8) row.get("loyalty_tier"), out);
        Utf8s.put((Utf8) row.get("address_country"), out);
        return out.toBytes();
    }

    static Customer unpack(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        return new Customer(Utf8s.take(in), Utf8s.take(in));
    }
}
