package dev.firn.processor.window;

import dev.firn.contract.Contracts;
import dev.firn.processor.pack.RowEncoder;
import dev.firn.processor.pack.Utf8s;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** Rows of {@code gold.trending_products}: of each country the products with most events. */
final class TrendRows implements WindowRows {
    private static final Schema SCHEMA = Contracts.schema("gold.trending_products");
    private static final int TOP = 10;
    private static final Comparator<Map.Entry<Utf8, Long>> ORDER =
            Map.Entry.<Utf8, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey());

    private final RowEncoder encoder;
    private final Map<Utf8, Map<Utf8, Long>> countries = new TreeMap<>();

    /** @param schemaId under which the registry holds the contract */
    TrendRows(int schemaId) {
        this.encoder = new RowEncoder(schemaId, SCHEMA);
    }

    @Override
    public void begin() {
        countries.clear();
    }

    @Override
    public void add(long end, byte[] dimensions, byte[] facts, Out out) {
        Map<Utf8, Long> products = countries.computeIfAbsent(new Utf8(dimensions), name -> new HashMap<>());
        TrendFacts.read(facts, (product, events) -> products.merge(product, events, Long::sum));
    }

    @Override
    public void finish(long end, Out out) {
        countries.forEach((country, products) -> {
            List<Map.Entry<Utf8, Long>> first =
                    products.entrySet().stream().sorted(ORDER).limit(TOP).toList();
            for (int rank = 1; rank <= first.size(); rank++) {
                out.row(Utf8s.bytes(country), row(end, country, rank, first.get(rank - 1)));
            }
        });
        countries.clear();
    }

    private byte[] row(long end, Utf8 country, int rank, Map.Entry<Utf8, Long> product) {
        GenericRecord row = new GenericData.Record(SCHEMA);
        row.put("window_start", TrendFacts.PANES.windowStart(end));
        row.put("window_end", end);
        row.put("country", country);
        row.put("rank", rank);
        row.put("product_id", product.getKey());
        row.put("events", product.getValue());
        return encoder.encode(row);
    }

    @Override
    public long events(byte[] facts) {
        long[] all = {0};
        TrendFacts.read(facts, (product, events) -> all[0] += events);
        return all[0];
    }
}
