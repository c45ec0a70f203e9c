package dev.firn.processor.enrich;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import org.apache.avro.generic.GenericRecord;

/** Where a day lies in the fiscal calendar.
 *
 * @param month 1 is the first of the fiscal year
 * @param week counted from the first day of the fiscal year
 */
record FiscalDate(int year, int quarter, int month, int week) {
    /** By the day, in days since 1970. */
    static byte[] key(int date) {
        return new Packer().putSortable(date).toBytes();
    }

    static FiscalDate of(GenericRecord row) {
        return new FiscalDate(
                (Integer) row.get("fiscal_year"),
                (Integer) row.get("fiscal_quarter"),
                (Integer) row.get("fiscal_month"),
                (Integer) row.get("fiscal_week"));
    }

    byte[] pack() {
        return new Packer()
                .putLong(year)
                .putLong(quarter)
                .putLong(month)
                .putLong(week)
                .toBytes();
    }

    static FiscalDate unpack(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        int year = (int) in.takeLong();
        int quarter = (int) in.takeLong();
        int month = (int) in.takeLong();
        return new FiscalDate(year, quarter, month, (int) in.takeLong());
    }
}
