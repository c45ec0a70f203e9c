package dev.firn.processor.enrich;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.pack.Utf8s;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** What joins need of a vehicle and its model.
 *
 * @param model null where its product is no vehicle
 */
record Vehicle(Utf8 productId, Utf8 customerId, @Nullable Utf8 model) {
    static byte[] pack(GenericRecord row) {
        Packer out = new Packer();
        Utf8s.put((Utf8) row.get("product_id"), out);
        Utf8s.put((Utf8) row.get("customer_id"), out);
        Utf8s.putNullable((Utf8) row.get("model"), out);
        return out.toBytes();
    }

    static Vehicle unpack(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        Utf8 productId = Utf8s.take(in);
        Utf8 customerId = Utf8s.take(in);
        return new Vehicle(productId, customerId, Utf8s.takeNullable(in));
    }
}
