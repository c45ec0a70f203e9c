package dev.firn.serde;

import java.nio.ByteBuffer;
import org.apache.flink.avro.shaded.org.apache.avro.Schema;
import org.apache.flink.avro.shaded.org.apache.avro.specific.SpecificRecordBase;

/** What Avro's compiler would make of raw.fx_rates for Flink, whose Avro has another package. */
public class FlinkRate extends SpecificRecordBase {
    /** Read by Avro, by this name. */
    public static final Schema SCHEMA$ = new Schema.Parser().parse("""
                    {"type": "record", "name": "FlinkRate", "namespace": "dev.firn.serde", "fields": [
                        {"name": "base", "type": "string"},
                        {"name": "quote", "type": "string"},
                        {"name": "rate", "type": {"type": "bytes", "logicalType": "decimal", "precision": 18, "scale": 8}},
                        {"name": "as_of", "type": {"type": "long", "logicalType": "timestamp-micros"}}]}""");

    private final Object[] values = new Object[4];

    /** Called by Avro. */
    public FlinkRate() {}

    FlinkRate(String base, String quote, ByteBuffer rate, long asOf) {
        Object[] given = {base, quote, rate, asOf};
        System.arraycopy(given, 0, values, 0, values.length);
    }

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }

    @Override
    public Object get(int field) {
        return values[field];
    }

    @Override
    public void put(int field, Object value) {
        values[field] = value;
    }
}
