package dev.firn.processor.aggregate;

import dev.firn.contract.Contracts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** {@code gold.top_customers}: one board, whose members are the first of each raw partition. */
final class TopCustomers implements Board {
    /** So many rows, and as many candidates of each partition. */
    static final int SIZE = 100;

    /** The only board's name. */
    static final byte[] ALL = {};

    private static final String TOPIC = "gold.top_customers";
    private static final Schema SCHEMA = Contracts.schema(TOPIC);
    private static final Comparator<Member> ORDER =
            Comparator.<Member>comparingLong(member -> -member.sums().net()).thenComparing(Member::id);

    @Override
    public int id() {
        return 7;
    }

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public List<GenericRecord> rows(byte[] name, List<Member> members) {
        List<GenericRecord> rows = new ArrayList<>();
        members.stream().sorted(ORDER).limit(SIZE).forEach(member -> {
            GenericRecord row = new GenericData.Record(SCHEMA);
            row.put("rank", rows.size() + 1);
            CustomerSegments.describe(row, member.id().get(), member.sums());
            rows.add(row);
        });
        return rows;
    }
}
