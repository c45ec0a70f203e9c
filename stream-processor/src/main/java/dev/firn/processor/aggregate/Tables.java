package dev.firn.processor.aggregate;

import java.util.List;
import java.util.stream.Stream;

/** All tables of what sales add up to. */
public final class Tables {
    static final CustomerSegments CUSTOMERS = new CustomerSegments();
    static final TopCustomers TOP_CUSTOMERS = new TopCustomers();

    /** That each sale counts in. */
    static final List<SalesTable> OF_SALES = List.of(
            SalesByPeriod.WEEK,
            SalesByPeriod.MONTH,
            SalesByPeriod.QUARTER,
            new MonthlySummary(),
            CUSTOMERS,
            new ProductPerformance());

    /** That a sale counts in however late it comes. */
    static final List<SalesTable> FOR_EVER =
            OF_SALES.stream().filter(table -> !table.isOfPeriod()).toList();

    /** Whose rows need what all raw partitions have. */
    static final List<Board> MERGED = Stream.<Board>concat(
                    OF_SALES.stream().filter(table -> table != CUSTOMERS), Stream.of(TOP_CUSTOMERS))
            .toList();

    /** Topic of the rows that the tasks of the raw partitions send themselves. */
    public static final String LOCAL_TOPIC = CUSTOMERS.topic();

    /** Topics of the rows that are merged of what they send. */
    public static final List<String> MERGED_TOPICS =
            MERGED.stream().map(Board::topic).toList();

    private Tables() {}
}
