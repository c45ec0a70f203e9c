package dev.firn.processor.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TablesTest {
    @Test
    void shouldKeepTheirNumbersSinceStoresAreReadByThem() {
        // When
        var ids = Stream.<Board>concat(Tables.OF_SALES.stream(), Tables.MERGED.stream())
                .distinct()
                .collect(Collectors.toMap(Board::id, Board::topic));

        // Then
        assertThat(ids)
                .containsOnly(
                        Map.entry(1, "gold.sales_by_week"),
                        Map.entry(2, "gold.sales_by_month"),
                        Map.entry(3, "gold.sales_by_quarter"),
                        Map.entry(4, "gold.monthly_summary"),
                        Map.entry(5, "gold.customer_segments"),
                        Map.entry(6, "gold.product_performance"),
                        Map.entry(7, "gold.top_customers"));
    }
}
