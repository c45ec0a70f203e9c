package dev.firn.processor.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.Contracts;
import dev.firn.processor.RowText;
import dev.firn.processor.Stored;
import dev.firn.processor.pack.Unpacker;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partial sums, sent now and then and merged, with restarts, against sums over all sales at once. */
class PartialSumsRandomTest {
    private static final int PARTITIONS = 3;
    private static final int FIRST_DAY = (int) LocalDate.of(2025, 12, 20).toEpochDay();

    @TempDir
    private Path dir;

    private final AtomicLong unsent = new AtomicLong();
    private final List<KeyValueStore<byte[], byte[]>> sumStores = new ArrayList<>();
    private final List<KeyValueStore<byte[], byte[]>> seenStores = new ArrayList<>();
    private final List<PartialSums> partials = new ArrayList<>();
    private final Deque<KeyValue<byte[], byte[]>> messages = new ArrayDeque<>();
    private final Map<String, String> rows = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldBeTheSumsOfAllSalesHoweverTheyAreSentAndMerged(long seed) {
        // Given
        System.out.println("seed=" + seed);
        Random random = new Random(seed);
        // with many customers, those who are among the first change
        List<Sale> sales = sales(random, seed % 2 == 0 ? 12 : 400);
        KeyValueStore<byte[], byte[]> boardStore = Stored.inMemory(dir, "boards");
        Boards boards = new Boards(boardStore, unsent);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            sumStores.add(Stored.inMemory(dir, "sums" + partition));
            seenStores.add(Stored.inMemory(dir, "seen" + partition));
            partials.add(partial(partition));
        }

        // When
        for (Sale sale : sales) {
            partials.get(partition(sale)).add(sale);
            if (random.nextInt(20) == 0) {
                drain(random.nextInt(PARTITIONS));
            }
            while (!messages.isEmpty() && random.nextInt(3) > 0) {
                deliver(boards);
            }
            if (random.nextInt(30) == 0) {
                drain(boards);
            }
            if (random.nextInt(60) == 0) {
                int partition = random.nextInt(PARTITIONS);
                partials.get(partition).close();
                partials.set(partition, partial(partition));
                boards.close();
                boards = new Boards(boardStore, unsent);
            }
        }
        IntStream.range(0, PARTITIONS).forEach(this::drain);
        while (!messages.isEmpty()) {
            deliver(boards);
        }
        drain(boards);

        // Then
        assertThat(rows).isEqualTo(expected(sales));
        assertThat(unsent).hasValue(0);
    }

    private PartialSums partial(int partition) {
        return new PartialSums(sumStores.get(partition), seenStores.get(partition), new Retention(400), unsent);
    }

    private static int partition(Sale sale) {
        return Math.floorMod(sale.customer().hashCode(), PARTITIONS);
    }

    private void drain(int partition) {
        partials.get(partition).drain((board, name, member, sums) -> {
            if (board == Tables.CUSTOMERS && sums != null) {
                put(board, board.rows(name, List.of(new Member(member, sums))));
            } else {
                messages.add(KeyValue.pair(Partial.key(board, name), new Partial(partition, member, sums).pack()));
            }
        });
    }

    private void deliver(Boards boards) {
        KeyValue<byte[], byte[]> message = messages.remove();
        boards.put(message.key, Partial.unpack(message.value));
    }

    private void drain(Boards boards) {
        boards.drain((key, members) -> {
            Board board = Boards.board(key);
            put(board, board.rows(new Unpacker(key, 1).takeRest(), members));
        });
    }

    private void put(Board board, List<GenericRecord> some) {
        for (GenericRecord row : some) {
            String text = RowText.of(row);
            List<String> words = List.of(text.split(" ", -1));
            int keys = Contracts.of(board.topic()).key().size();
            rows.put(board.topic() + " " + String.join(" ", words.subList(0, keys)), text);
        }
    }

    private static List<Sale> sales(Random random, int customers) {
        List<Sale> sales = new ArrayList<>();
        for (int order = 0; order < 700; order++) {
            Utf8 customer = new Utf8("C" + random.nextInt(customers));
            Utf8 territory = new Utf8(List.of("NA", "EMEA").get(Math.floorMod(customer.hashCode(), 2)));
            int lines = 1 + random.nextInt(3);
            for (int line = 0; line < lines; line++) {
                // round amounts, so that some are the same
                long cents = 100L * (1 + random.nextInt(5_000));
                // some lines come on the next day, and some late by up to two days
                int date =
                        FIRST_DAY + order / 12 + random.nextInt(2) - (random.nextInt(9) == 0 ? random.nextInt(3) : 0);
                int product = random.nextInt(9);
                Sale sale = sale(customer, product, "O" + order, territory, 1 + random.nextInt(4), cents, date);
                sales.add(sale);
                if (random.nextInt(8) == 0) {
                    sales.add(sale(customer, product, "O" + order, territory, sale.quantity(), -cents, date + 1));
                }
            }
        }
        return sales;
    }

    private static Sale sale(
            Utf8 customer, int product, String order, Utf8 territory, long quantity, long cents, int date) {
        int day = date - FIRST_DAY;
        return new Sale(
                customer,
                new Utf8("P" + product),
                new Utf8(order),
                territory,
                new Utf8("F" + product % 3),
                cents < 0,
                quantity,
                cents,
                cents < 0 ? -cents / 10 : 0,
                date,
                new Sale.Fiscal(2025 + day / 30, 1 + day / 20, 1 + day / 10, 1 + day / 7));
    }

    /** Sums as anybody would write them. */
    private record Totals(
            BigDecimal sales, BigDecimal refunds, BigDecimal fees, long sold, long returned, long orders) {
        static Totals of(List<Sale> all) {
            Predicate<Sale> refund = sale -> sale.cents() < 0;
            return new Totals(
                    dollars(all, refund.negate(), Sale::cents),
                    dollars(all, refund, Sale::cents).negate(),
                    dollars(all, refund, Sale::feeCents),
                    all.stream()
                            .filter(refund.negate())
                            .mapToLong(Sale::quantity)
                            .sum(),
                    all.stream().filter(refund).mapToLong(Sale::quantity).sum(),
                    count(all.stream().filter(refund.negate()).toList(), Sale::order));
        }

        BigDecimal net() {
            return sales.subtract(refunds).add(fees);
        }

        BigDecimal revenue() {
            return sales.subtract(refunds);
        }

        private static BigDecimal dollars(List<Sale> all, Predicate<Sale> which, Function<Sale, Long> cents) {
            return all.stream()
                    .filter(which)
                    .map(sale -> BigDecimal.valueOf(cents.apply(sale), 2))
                    .reduce(new BigDecimal("0.00"), BigDecimal::add);
        }
    }

    private static long count(List<Sale> sales, Function<Sale, Object> what) {
        return sales.stream().map(what).distinct().count();
    }

    private static Map<String, String> expected(List<Sale> sales) {
        Map<String, String> rows = new TreeMap<>();
        periods(sales, "week", sale -> sale.fiscal().week(), rows);
        periods(sales, "month", sale -> sale.fiscal().month(), rows);
        periods(sales, "quarter", sale -> sale.fiscal().quarter(), rows);
        group(sales, sale -> {
                    LocalDate date = LocalDate.ofEpochDay(sale.date());
                    return date.getYear() + " " + date.getMonthValue();
                })
                .forEach((month, of) -> {
                    Totals t = Totals.of(of);
                    String text = month + " " + t.sales + " " + t.refunds + " " + t.sold + " " + t.returned + " "
                            + t.fees + " " + count(of, Sale::customer);
                    rows.put("gold.monthly_summary " + month, text);
                });
        customers(sales, rows);
        products(sales, rows);
        return rows;
    }

    private static Map<String, List<Sale>> group(List<Sale> sales, Function<Sale, String> by) {
        return sales.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.toList()));
    }

    private static void periods(
            List<Sale> sales, String name, Function<Sale, Integer> period, Map<String, String> rows) {
        group(
                        sales,
                        sale -> sale.fiscal().year() + " " + period.apply(sale) + " " + sale.territory() + " "
                                + sale.family())
                .forEach((key, of) -> {
                    Totals t = Totals.of(of);
                    String text = key + " " + t.sales + " " + t.refunds + " " + t.fees + " " + t.net() + " " + t.orders;
                    rows.put("gold.sales_by_" + name + " " + key, text);
                });
    }

    private static void customers(List<Sale> sales, Map<String, String> rows) {
        Map<String, List<Sale>> byCustomer =
                group(sales, sale -> sale.customer().toString());
        Map<String, BigDecimal> spent = new TreeMap<>();
        byCustomer.forEach((customer, of) -> {
            spent.put(customer, Totals.of(of).net());
            rows.put("gold.customer_segments " + customer, customer(customer, of));
        });
        List<String> first = spent.keySet().stream()
                .sorted(Comparator.<String, BigDecimal>comparing(spent::get)
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .limit(100)
                .toList();
        for (int rank = 1; rank <= first.size(); rank++) {
            String customer = first.get(rank - 1);
            List<Sale> of = byCustomer.getOrDefault(customer, List.of());
            rows.put("gold.top_customers " + rank, rank + " " + customer(customer, of));
        }
    }

    private static String customer(String customer, List<Sale> all) {
        Totals t = Totals.of(all);
        List<Sale> sold = all.stream().filter(sale -> sale.cents() > 0).toList();
        double spent = t.net().doubleValue();
        return customer + " " + t.net() + " " + t.orders + " " + average(t.net(), t.orders) + " "
                + sold.stream()
                        .map(Sale::date)
                        .max(Comparator.naturalOrder())
                        .map(Object::toString)
                        .orElse("null") + " "
                + count(sold, Sale::product) + " " + (spent > 10_000 ? "High" : spent > 2_000 ? "Medium" : "Low");
    }

    private static String average(BigDecimal sum, long count) {
        return count == 0
                ? "null"
                : sum.divide(BigDecimal.valueOf(count), 2, RoundingMode.HALF_UP).toString();
    }

    private static void products(List<Sale> sales, Map<String, String> rows) {
        group(sales, sale -> sale.territory().toString()).forEach((territory, there) -> {
            Map<String, Totals> totals = new TreeMap<>();
            group(there, sale -> sale.product().toString())
                    .forEach((product, of) -> totals.put(product, Totals.of(of)));
            List<Map.Entry<String, Totals>> ranked = totals.entrySet().stream()
                    .sorted(Comparator.<Map.Entry<String, Totals>, BigDecimal>comparing(
                                    one -> one.getValue().revenue())
                            .reversed()
                            .thenComparing(Map.Entry::getKey))
                    .toList();
            BigDecimal best = ranked.get(0).getValue().revenue();
            for (int rank = 1; rank <= ranked.size(); rank++) {
                Totals t = ranked.get(rank - 1).getValue();
                String key = territory + " " + ranked.get(rank - 1).getKey();
                String text = key + " " + t.revenue() + " " + (t.sold - t.returned) + " " + t.orders + " "
                        + average(t.sales, t.sold) + " " + rank + " " + best + " " + best.subtract(t.revenue());
                rows.put("gold.product_performance " + key, text);
            }
        });
    }
}
