package dev.firn.processor.enrich;

import dev.firn.processor.pack.Packer;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.utils.Bytes;

/** Names for what a record can wait for: of which kind, and the key, or the part of it that is known beforehand. */
final class Awaited {
    private static final int CUSTOMER = 1;
    private static final int PRODUCT = 2;
    private static final int RATE = 3;
    private static final int DAY = 4;
    private static final int STATION = 5;
    private static final int VEHICLE = 6;

    private Awaited() {}

    static Bytes customer(Utf8 id) {
        return name(CUSTOMER, id.getBytes(), id.getByteLength());
    }

    static Bytes product(Utf8 id) {
        return name(PRODUCT, id.getBytes(), id.getByteLength());
    }

    /** A rate from the currency to US dollars, of whatever time. */
    static Bytes rate(Utf8 currency) {
        return rateEntry(Rate.key(currency, Rate.USD, 0));
    }

    /** What the fiscal calendar says of a day, in days since 1970. */
    static Bytes day(int date) {
        return dayEntry(FiscalDate.key(date));
    }

    /** By the key of an entry in the store of the fiscal calendar. */
    static Bytes dayEntry(byte[] key) {
        return name(DAY, key, key.length);
    }

    /** By the key of an entry in the store of customers. */
    static Bytes customerEntry(byte[] key) {
        return name(CUSTOMER, key, key.length);
    }

    /** By the key of an entry in the store of products. */
    static Bytes productEntry(byte[] key) {
        return name(PRODUCT, key, key.length);
    }

    /** By the key of an entry in the store of vehicles. */
    static Bytes vehicleEntry(byte[] key) {
        return name(VEHICLE, key, key.length);
    }

    /** By the key of an entry in the store of stations. */
    static Bytes stationEntry(byte[] key) {
        return name(STATION, key, key.length);
    }

    /** By the key of an entry in the store of rates. */
    static Bytes rateEntry(byte[] key) {
        return name(RATE, key, key.length - Long.BYTES);
    }

    private static Bytes name(int kind, byte[] key, int length) {
        return Bytes.wrap(new Packer().putByte(kind).putRaw(key, length).toBytes());
    }
}
