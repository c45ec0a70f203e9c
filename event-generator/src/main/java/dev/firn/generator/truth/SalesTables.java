package dev.firn.generator.truth;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The tables of what sales come to: by period, month, customer and product. */
final class SalesTables {
    private static final int MONTHS_OPEN = 3;
    private static final int TOP = 100;
    private static final BigDecimal HIGH_ABOVE = new BigDecimal("10000");
    private static final BigDecimal MEDIUM_ABOVE = new BigDecimal("2000");

    private record Period(int year, int number, String territory, String family) {}

    private record Selling(String territory, String product) {}

    private record Row<K>(K key, SalesTotal of) {}

    /** @param best the first one's revenue, of those that it is ranked with */
    private record Ranked<K>(int rank, Row<K> row, BigDecimal best) {}

    private final SalesSums<Period> weeks = new SalesSums<>();
    private final SalesSums<Period> months = new SalesSums<>();
    private final SalesSums<Period> quarters = new SalesSums<>();
    private final SalesSums<YearMonth> calendar = new SalesSums<>();
    private final SalesSums<String> customers = new SalesSums<>();
    private final SalesSums<Selling> products = new SalesSums<>();

    void add(Measured row) {
        weeks.add(period(row, row.fiscal().getFiscalWeek()), row);
        months.add(period(row, row.fiscal().getFiscalMonth()), row);
        quarters.add(period(row, row.fiscal().getFiscalQuarter()), row);
        addToCalendar(row);
        String customer = row.transaction().getCustomerId();
        String product = row.transaction().getProductId();
        SalesTotal spent = customers.add(customer, row);
        if (!row.isRefund()) {
            spent.count(product);
        }
        products.add(new Selling(row.transaction().getTerritory(), product), row);
    }

    private void addToCalendar(Measured row) {
        YearMonth month = YearMonth.from(row.date());
        calendar.add(month, row).count(row.transaction().getCustomerId());
        SalesTotal over = calendar.totals().get(month.minusMonths(MONTHS_OPEN));
        if (over != null) {
            over.stopCounting();
        }
    }

    private static Period period(Measured row, int number) {
        return new Period(
                row.fiscal().getFiscalYear(),
                number,
                row.transaction().getTerritory(),
                row.product().getFamily());
    }

    List<Expectation> expectations() {
        return Stream.of(
                        periods("week", weeks),
                        periods("month", months),
                        periods("quarter", quarters),
                        expected(monthly(), rows(calendar)),
                        expected(segments(), rows(customers)),
                        expected(topCustomers(), top()),
                        expected(performance(), ranked()))
                .flatMap(List::stream)
                .toList();
    }

    private static <T> List<Expectation> expected(ExpectedTable<T> table, List<T> rows) {
        rows.forEach(table::add);
        return table.expectations();
    }

    private static <K> List<Row<K>> rows(SalesSums<K> sums) {
        List<Row<K>> rows = new ArrayList<>();
        sums.totals().forEach((key, total) -> rows.add(new Row<>(key, total)));
        return rows;
    }

    private static List<Expectation> periods(String name, SalesSums<Period> sums) {
        Columns<Row<Period>> columns = new Columns<Row<Period>>()
                .number("fiscal_year", row -> row.key().year())
                .number("fiscal_" + name, row -> row.key().number())
                .text("territory", row -> row.key().territory())
                .text("family", row -> row.key().family())
                .decimal("sales", row -> row.of().sales())
                .decimal("refunds", row -> row.of().refunds())
                .decimal("fees", row -> row.of().fees())
                .decimal("net", row -> row.of().net())
                .number("orders", row -> row.of().orders());
        ExpectedTable<Row<Period>> table = ExpectedTable.of("gold.sales_by_" + name, columns)
                .money("net USD", "net", row -> row.of().net(), null, row -> true)
                .sum("orders", "orders", row -> row.of().orders());
        return expected(table, rows(sums));
    }

    private static ExpectedTable<Row<YearMonth>> monthly() {
        Columns<Row<YearMonth>> columns = new Columns<Row<YearMonth>>()
                .number("year", row -> row.key().getYear())
                .number("month", row -> row.key().getMonthValue())
                .decimal("total_sales", row -> row.of().sales())
                .decimal("total_refunds", row -> row.of().refunds())
                .number("items_sold", row -> row.of().sold())
                .number("items_refunded", row -> row.of().returned())
                .decimal("total_restocking_fees", row -> row.of().fees())
                .number("unique_customers", row -> row.of().counted());
        return ExpectedTable.of("gold.monthly_summary", columns)
                .money("sales in USD", "total_sales", row -> row.of().sales(), null, row -> true)
                .money("refunds in USD", "total_refunds", row -> row.of().refunds(), null, row -> true)
                .sum("customers", "unique_customers", row -> row.of().counted());
    }

    private static <T> Columns<T> customer(Columns<T> columns, Function<T, Row<String>> of) {
        return columns.text("customer_id", row -> of.apply(row).key())
                .decimal("total_spent", row -> of.apply(row).of().net())
                .number("order_count", row -> of.apply(row).of().orders())
                .decimal("avg_order_value", row -> {
                    SalesTotal total = of.apply(row).of();
                    return SalesTotal.average(total.net(), total.orders());
                })
                .text("last_order_date", row -> of.apply(row).of().lastOrderText())
                .number("unique_products", row -> of.apply(row).of().counted())
                .text("segment", row -> segment(of.apply(row).of().net()));
    }

    private static ExpectedTable<Row<String>> segments() {
        return ExpectedTable.of("gold.customer_segments", customer(new Columns<Row<String>>(), row -> row))
                .money("spent in USD", "total_spent", row -> row.of().net(), null, row -> true)
                .count(
                        "high",
                        "segment = 'High'",
                        row -> segment(row.of().net()).equals("High"))
                .count(
                        "medium",
                        "segment = 'Medium'",
                        row -> segment(row.of().net()).equals("Medium"));
    }

    private static String segment(BigDecimal spent) {
        if (spent.compareTo(HIGH_ABOVE) > 0) {
            return "High";
        }
        return spent.compareTo(MEDIUM_ABOVE) > 0 ? "Medium" : "Low";
    }

    private static ExpectedTable<Ranked<String>> topCustomers() {
        Columns<Ranked<String>> columns = new Columns<Ranked<String>>().number("rank", Ranked::rank);
        return ExpectedTable.of("gold.top_customers", customer(columns, Ranked::row))
                .money("spent in USD", "total_spent", row -> row.row().of().net(), null, row -> true);
    }

    private List<Ranked<String>> top() {
        List<Row<String>> all = rows(customers);
        return rank(all, row -> row.of().net(), row -> row.key()).stream()
                .limit(TOP)
                .toList();
    }

    private List<Ranked<Selling>> ranked() {
        Map<String, List<Row<Selling>>> territories = new TreeMap<>();
        rows(products)
                .forEach(row -> territories
                        .computeIfAbsent(row.key().territory(), territory -> new ArrayList<>())
                        .add(row));
        return territories.values().stream()
                .flatMap(rows ->
                        rank(rows, row -> row.of().revenue(), row -> row.key().product()).stream())
                .toList();
    }

    private static <K> List<Ranked<K>> rank(
            List<Row<K>> rows, Function<Row<K>, BigDecimal> by, Function<Row<K>, String> id) {
        List<Ranked<K>> ranked = new ArrayList<>();
        rows.stream()
                .sorted(Comparator.comparing(by).reversed().thenComparing(id))
                .forEach(row -> ranked.add(new Ranked<>(
                        ranked.size() + 1,
                        row,
                        ranked.isEmpty() ? by.apply(row) : ranked.get(0).best())));
        return ranked;
    }

    private static ExpectedTable<Ranked<Selling>> performance() {
        Columns<Ranked<Selling>> columns = new Columns<Ranked<Selling>>()
                .text("territory", ranked -> ranked.row().key().territory())
                .text("product_id", ranked -> ranked.row().key().product())
                .decimal("revenue", ranked -> ranked.row().of().revenue())
                .number(
                        "quantity",
                        ranked -> ranked.row().of().sold() - ranked.row().of().returned())
                .number("orders", ranked -> ranked.row().of().orders())
                .decimal(
                        "avg_price",
                        ranked -> SalesTotal.average(
                                ranked.row().of().sales(), ranked.row().of().sold()))
                .number("revenue_rank", Ranked::rank)
                .decimal("best_revenue", Ranked::best)
                .decimal(
                        "revenue_diff_from_best",
                        ranked -> ranked.best().subtract(ranked.row().of().revenue()));
        return ExpectedTable.of("gold.product_performance", columns)
                .money("revenue in USD", "revenue", ranked -> ranked.row().of().revenue(), null, ranked -> true);
    }
}
