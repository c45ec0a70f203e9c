package dev.firn.processor.enrich;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.pack.Utf8s;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.avro.util.Utf8;

/** Rates of exchange, by pair and the time from which they hold. */
final class Rate {
    static final int SCALE = 8;
    static final Utf8 USD = new Utf8("USD");

    private Rate() {}

    /** Keys of one pair sort by time. */
    static byte[] key(Utf8 base, Utf8 quote, long asOf) {
        Packer out = new Packer();
        Utf8s.put(base, out);
        Utf8s.put(quote, out);
        return out.putSortable(asOf).toBytes();
    }

    static BigDecimal unpack(byte[] bytes) {
        return new BigDecimal(new BigInteger(new Unpacker(bytes).takeBytes()), SCALE);
    }
}
