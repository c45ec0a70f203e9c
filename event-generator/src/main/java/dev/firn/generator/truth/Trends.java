package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.Activity;
import dev.firn.futuremobility.raw.ViewedProduct;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** {@code gold.trending_products}: of each window that has closed, the ten products with most events in each country. */
final class Trends {
    private static final long MINUTE = 60_000_000;
    private static final long LENGTH = 15 * MINUTE;
    private static final long HOP = 5 * MINUTE;
    private static final int TOP = 10;

    private record Row(long start, String country, int rank, String product, long events) {}

    /** By start, country and product. */
    private final NavigableMap<Long, Map<String, Map<String, Long>>> open = new TreeMap<>();

    private final ExpectedTable<Row> table =
            ExpectedTable.of("gold.trending_products", columns()).sum("events", "events", Row::events);

    void add(Activity activity, long eventTime) {
        ViewedProduct product = activity.getProduct();
        if (product == null) {
            return;
        }
        long last = Math.floorDiv(eventTime, HOP) * HOP;
        for (long start = last; start > last - LENGTH; start -= HOP) {
            open.computeIfAbsent(start, s -> new HashMap<>())
                    .computeIfAbsent(activity.getLocation().getCountry(), country -> new HashMap<>())
                    .merge(product.getProductId(), 1L, Long::sum);
        }
    }

    /** Every partition has got this far: what ended by then is complete. */
    void close(long watermark) {
        while (!open.isEmpty() && open.firstKey() + LENGTH <= watermark) {
            var window = open.pollFirstEntry();
            window.getValue().forEach((country, products) -> close(window.getKey(), country, products));
        }
    }

    private void close(long start, String country, Map<String, Long> products) {
        List<String> first = products.keySet().stream()
                .sorted(Comparator.<String>comparingLong(product -> -products.getOrDefault(product, 0L))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(TOP)
                .toList();
        for (int rank = 1; rank <= first.size(); rank++) {
            String product = first.get(rank - 1);
            table.add(new Row(start, country, rank, product, products.getOrDefault(product, 0L)));
        }
    }

    List<Expectation> expectations() {
        return table.expectations();
    }

    private static Columns<Row> columns() {
        return new Columns<Row>()
                .micros("window_start", Row::start)
                .micros("window_end", row -> row.start() + LENGTH)
                .text("country", Row::country)
                .number("rank", Row::rank)
                .text("product_id", Row::product)
                .number("events", Row::events);
    }
}
