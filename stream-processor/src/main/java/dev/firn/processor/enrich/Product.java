package dev.firn.processor.enrich;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.pack.Utf8s;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** What joins need of a product.
 *
 * @param model null where it is no vehicle
 */
record Product(Utf8 name, Utf8 family, Utf8 kind, @Nullable Utf8 model) {
    static byte[] pack(GenericRecord row) {
        Packer out = new Packer();
        Utf8s.put((Utf8) row.get("name"), out);
        Utf8s.put((Utf8) row.get("family"), out);
        Utf8s.put((Utf8) row.get("kind"), out);
        Utf8s.putNullable((Utf8) row.get("vehicle_model"), out);
        return out.toBytes();
    }

    static Product unpack(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        Utf8 name = Utf8s.take(in);
        Utf8 family = Utf8s.take(in);
        Utf8 kind = Utf8s.take(in);
        return new Product(name, family, kind, Utf8s.takeNullable(in));
    }
}
