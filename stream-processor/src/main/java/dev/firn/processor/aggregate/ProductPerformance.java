package dev.firn.processor.aggregate;

import dev.firn.contract.Contracts;
import dev.firn.processor.pack.Utf8s;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.utils.Bytes;

/** {@code gold.product_performance}: a board for each territory, its products by revenue. */
final class ProductPerformance implements SalesTable {
    private static final String TOPIC = "gold.product_performance";
    private static final Schema SCHEMA = Contracts.schema(TOPIC);
    private static final Comparator<Member> ORDER =
            Comparator.<Member>comparingLong(member -> -member.sums().revenue()).thenComparing(Member::id);

    @Override
    public int id() {
        return 6;
    }

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public byte[] board(Sale sale) {
        return Utf8s.bytes(sale.territory());
    }

    @Override
    public Bytes member(Sale sale) {
        return Bytes.wrap(Utf8s.bytes(sale.product()));
    }

    @Override
    public List<GenericRecord> rows(byte[] name, List<Member> members) {
        List<Member> ranked = members.stream().sorted(ORDER).toList();
        long best = ranked.get(0).sums().revenue();
        List<GenericRecord> rows = new ArrayList<>();
        for (Member member : ranked) {
            Sums sums = member.sums();
            GenericRecord row = new GenericData.Record(SCHEMA);
            row.put("territory", new Utf8(name));
            row.put("product_id", new Utf8(member.id().get()));
            Money.put(row, "revenue", sums.revenue());
            row.put("quantity", sums.itemsSold() - sums.itemsRefunded());
            row.put("orders", sums.orders());
            Money.putAverage(row, "avg_price", sums.sales(), sums.itemsSold());
            row.put("revenue_rank", rows.size() + 1);
            Money.put(row, "best_revenue", best);
            Money.put(row, "revenue_diff_from_best", best - sums.revenue());
            rows.add(row);
        }
        return rows;
    }
}
