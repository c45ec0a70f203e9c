package dev.firn.processor.enrich;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.pack.Utf8s;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** What joins need of a station.
 *
 * @param capacity how many vehicles can charge at the same time
 */
public record Station(Utf8 name, Utf8 city, Utf8 country, int capacity, List<Connector> connectors) {
    /** One of its connectors. */
    record Connector(Utf8 id, Utf8 type, int maxKw) {}

    static byte[] pack(GenericRecord row) {
        Packer out = new Packer();
        Utf8s.put((Utf8) row.get("name"), out);
        Utf8s.put((Utf8) row.get("location_city"), out);
        Utf8s.put((Utf8) row.get("location_country"), out);
        out.putLong((Integer) row.get("capacity"));
        for (Object each : (List<?>) row.get("connectors")) {
            GenericRecord connector = (GenericRecord) each;
            Utf8s.put((Utf8) connector.get("connector_id"), out);
            Utf8s.put((Utf8) connector.get("type"), out);
            out.putLong((Integer) connector.get("max_kw"));
        }
        return out.toBytes();
    }

    static Station unpack(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        Utf8 name = Utf8s.take(in);
        Utf8 city = Utf8s.take(in);
        Utf8 country = Utf8s.take(in);
        int capacity = (int) in.takeLong();
        List<Connector> connectors = new ArrayList<>();
        while (in.hasMore()) {
            Utf8 id = Utf8s.take(in);
            Utf8 type = Utf8s.take(in);
            connectors.add(new Connector(id, type, (int) in.takeLong()));
        }
        return new Station(name, city, country, capacity, connectors);
    }

    @Nullable
    Connector connector(Utf8 id) {
        return connectors.stream()
                .filter(connector -> connector.id().equals(id))
                .findFirst()
                .orElse(null);
    }
}
