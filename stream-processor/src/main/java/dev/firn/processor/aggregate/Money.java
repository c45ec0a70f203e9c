package dev.firn.processor.aggregate;

import dev.firn.processor.pack.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.avro.generic.GenericRecord;

/** Amounts of US dollars in rows. */
final class Money {
    private static final int SCALE = 2;

    private Money() {}

    static void put(GenericRecord row, String field, long cents) {
        row.put(field, Decimals.bytes(BigDecimal.valueOf(cents, SCALE), SCALE));
    }

    /** Puts the amount for one of so many, half up to the cent; null if there are none. */
    static void putAverage(GenericRecord row, String field, long cents, long count) {
        if (count == 0) {
            row.put(field, null);
            return;
        }
        BigDecimal average =
                BigDecimal.valueOf(cents, SCALE).divide(BigDecimal.valueOf(count), SCALE, RoundingMode.HALF_UP);
        row.put(field, Decimals.bytes(average, SCALE));
    }
}
