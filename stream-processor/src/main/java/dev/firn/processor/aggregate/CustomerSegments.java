package dev.firn.processor.aggregate;

import dev.firn.contract.Contracts;
import dev.firn.processor.pack.Utf8s;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** {@code gold.customer_segments}: by customer. All sales of a customer come through one raw partition. */
final class CustomerSegments implements SalesTable {
    private static final String TOPIC = "gold.customer_segments";
    private static final Schema SCHEMA = Contracts.schema(TOPIC);
    private static final long HIGH_ABOVE = 10_000_00;
    private static final long MEDIUM_ABOVE = 2_000_00;

    @Override
    public int id() {
        return 5;
    }

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public byte[] board(Sale sale) {
        return Utf8s.bytes(sale.customer());
    }

    @Override
    public byte @Nullable [] distinct(Sale sale) {
        return sale.isRefund() ? null : Utf8s.bytes(sale.product());
    }

    @Override
    public List<GenericRecord> rows(byte[] name, List<Member> members) {
        GenericRecord row = new GenericData.Record(SCHEMA);
        describe(row, name, members.get(0).sums());
        return List.of(row);
    }

    /** Puts what is said of a customer. */
    static void describe(GenericRecord row, byte[] customer, Sums sums) {
        row.put("customer_id", new Utf8(customer));
        Money.put(row, "total_spent", sums.net());
        row.put("order_count", sums.orders());
        Money.putAverage(row, "avg_order_value", sums.net(), sums.orders());
        row.put("last_order_date", sums.lastOrder() == Sums.NEVER ? null : sums.lastOrder());
        row.put("unique_products", sums.distinct());
        row.put("segment", new Utf8(segment(sums.net())));
    }

    private static String segment(long spentCents) {
        if (spentCents > HIGH_ABOVE) {
            return "High";
        }
        return spentCents > MEDIUM_ABOVE ? "Medium" : "Low";
    }
}
