package dev.firn.processor.enrich;

import dev.firn.processor.pack.Decimals;
import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Utf8s;
import java.util.function.Function;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/**
 * What joins need of a topic of entities, and how it stands in the store. A record of the cleaned topic is an entry of the
 * store, byte for byte, so that the store can be restored by copying.
 *
 * @param entry of a row
 * @param awaited the entry, by its key, as those name it who wait for it
 */
public record Reference(Function<GenericRecord, KeyValue<byte[], byte[]>> entry, Function<byte[], Bytes> awaited) {
    private static final int RATE_PRECISION = 18;

    /** Schema of the rows of rates. */
    public static final Schema RATE_FIELDS = rates();

    public static final Reference CUSTOMERS = of("customer_id", Customer::pack, Awaited::customerEntry);
    public static final Reference PRODUCTS = of("product_id", Product::pack, Awaited::productEntry);
    public static final Reference STATIONS = of("station_id", Station::pack, Awaited::stationEntry);
    public static final Reference VEHICLES = of("vehicle_id", Vehicle::pack, Awaited::vehicleEntry);
    public static final Reference FX_RATES = new Reference(Reference::rate, Awaited::rateEntry);
    public static final Reference FISCAL_CALENDAR = new Reference(Reference::day, Awaited::dayEntry);

    private static Reference of(String key, Function<GenericRecord, byte[]> value, Function<byte[], Bytes> awaited) {
        return new Reference(row -> KeyValue.pair(Utf8s.bytes((Utf8) row.get(key)), value.apply(row)), awaited);
    }

    private static Schema rates() {
        Schema rate = LogicalTypes.decimal(RATE_PRECISION, Rate.SCALE)
                .addToSchema(SchemaBuilder.builder().bytesType());
        Schema asOf = LogicalTypes.timestampMicros()
                .addToSchema(SchemaBuilder.builder().longType());
        return SchemaBuilder.record("Reference")
                .fields()
                .requiredString("base")
                .requiredString("quote")
                .name("rate")
                .type(rate)
                .noDefault()
                .name("as_of")
                .type(asOf)
                .noDefault()
                .endRecord();
    }

    private static KeyValue<byte[], byte[]> day(GenericRecord row) {
        return KeyValue.pair(
                FiscalDate.key((Integer) row.get("date")), FiscalDate.of(row).pack());
    }

    private static KeyValue<byte[], byte[]> rate(GenericRecord row) {
        byte[] key = Rate.key((Utf8) row.get("base"), (Utf8) row.get("quote"), (Long) row.get("as_of"));
        return KeyValue.pair(
                key, new Packer().putBytes(Decimals.unscaled(row.get("rate"))).toBytes());
    }
}
