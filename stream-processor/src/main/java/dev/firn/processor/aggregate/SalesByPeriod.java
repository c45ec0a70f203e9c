package dev.firn.processor.aggregate;

import dev.firn.contract.Contracts;
import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.pack.Utf8s;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** {@code gold.sales_by_week}, {@code _month} and {@code _quarter}: by period of the fiscal year, territory and family. */
final class SalesByPeriod implements SalesTable {
    static final SalesByPeriod WEEK = new SalesByPeriod(1, "week", Sale.Fiscal::week);
    static final SalesByPeriod MONTH = new SalesByPeriod(2, "month", Sale.Fiscal::month);
    static final SalesByPeriod QUARTER = new SalesByPeriod(3, "quarter", Sale.Fiscal::quarter);

    private final int id;
    private final String topic;
    private final String column;
    private final Schema schema;
    private final ToIntFunction<Sale.Fiscal> period;

    private SalesByPeriod(int id, String name, ToIntFunction<Sale.Fiscal> period) {
        this.id = id;
        this.topic = "gold.sales_by_" + name;
        this.column = "fiscal_" + name;
        this.schema = Contracts.schema(topic);
        this.period = period;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public boolean isOfPeriod() {
        return true;
    }

    @Override
    public byte[] board(Sale sale) {
        Packer out = new Packer().putLong(sale.fiscal().year()).putLong(period.applyAsInt(sale.fiscal()));
        Utf8s.put(sale.territory(), out);
        Utf8s.put(sale.family(), out);
        return out.toBytes();
    }

    @Override
    public List<GenericRecord> rows(byte[] name, List<Member> members) {
        Unpacker in = new Unpacker(name);
        Sums sums = members.get(0).sums();
        GenericRecord row = new GenericData.Record(schema);
        row.put("fiscal_year", (int) in.takeLong());
        row.put(column, (int) in.takeLong());
        row.put("territory", Utf8s.take(in));
        row.put("family", Utf8s.take(in));
        Money.put(row, "sales", sums.sales());
        Money.put(row, "refunds", sums.refunds());
        Money.put(row, "fees", sums.fees());
        Money.put(row, "net", sums.net());
        row.put("orders", sums.orders());
        return List.of(row);
    }
}
