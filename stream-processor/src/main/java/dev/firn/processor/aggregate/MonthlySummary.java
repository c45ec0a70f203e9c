package dev.firn.processor.aggregate;

import dev.firn.contract.Contracts;
import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.pack.Utf8s;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** {@code gold.monthly_summary}: by month of the calendar. */
final class MonthlySummary implements SalesTable {
    private static final String TOPIC = "gold.monthly_summary";
    private static final Schema SCHEMA = Contracts.schema(TOPIC);

    /** Sales of a month come within it and, where they are late, some time after. */
    private static final int MEMORY = 62;

    @Override
    public int id() {
        return 4;
    }

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public boolean isOfPeriod() {
        return true;
    }

    @Override
    public byte[] board(Sale sale) {
        LocalDate date = LocalDate.ofEpochDay(sale.date());
        return new Packer()
                .putLong(date.getYear())
                .putLong(date.getMonthValue())
                .toBytes();
    }

    @Override
    public byte[] distinct(Sale sale) {
        return Utf8s.bytes(sale.customer());
    }

    @Override
    public int memory() {
        return MEMORY;
    }

    @Override
    public List<GenericRecord> rows(byte[] name, List<Member> members) {
        Unpacker in = new Unpacker(name);
        Sums sums = members.get(0).sums();
        GenericRecord row = new GenericData.Record(SCHEMA);
        row.put("year", (int) in.takeLong());
        row.put("month", (int) in.takeLong());
        Money.put(row, "total_sales", sums.sales());
        Money.put(row, "total_refunds", sums.refunds());
        row.put("items_sold", sums.itemsSold());
        row.put("items_refunded", sums.itemsRefunded());
        Money.put(row, "total_restocking_fees", sums.fees());
        row.put("unique_customers", sums.distinct());
        return List.of(row);
    }
}
