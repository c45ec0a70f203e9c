package dev.firn.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.Transaction;
import dev.firn.processor.RowText;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SalesTopologyTest {
    private static final Instant NEW_YEAR = Events.START;
    private static final Instant NEXT_DAY = Events.START.plus(Duration.ofHours(36));
    private static final int JANUARY_1 = (int) (NEW_YEAR.getEpochSecond() / 86_400);

    @TempDir
    private Path dir;

    private Fixture firn;
    private int sent;

    @BeforeEach
    void start() {
        firn = new Fixture(dir);
        firn.send(Topics.RAW_FISCAL_CALENDAR, "1", Events.day(NEW_YEAR, 2025, 4, 12, 48));
        firn.send(Topics.RAW_FISCAL_CALENDAR, "2", Events.day(NEXT_DAY, 2026, 1, 2, 9));
        firn.send(Topics.RAW_FX_RATES, "EURUSD", Events.rate("EUR", "1.10000000", NEW_YEAR));
        List.of("C1", "C2", "C3").forEach(id -> firn.send(Topics.RAW_CUSTOMERS, id, Events.customer(id)));
        product("P1", "cars");
        product("P2", "cars");
        product("P3", "plans");
    }

    @AfterEach
    void stop() {
        firn.close();
    }

    private void product(String id, String family) {
        Product product = Events.product(id);
        product.setFamily(family);
        firn.send(Topics.RAW_PRODUCTS, id, product);
    }

    private Transaction line(String customer, String order, String product, int quantity, String amount) {
        Transaction line = Events.transaction("t" + ++sent, amount, "USD", NEW_YEAR);
        line.setCustomerId(customer);
        line.setOrderNumber(order);
        line.setProductId(product);
        line.setQuantity(quantity);
        return line;
    }

    private void send(Transaction line) {
        firn.send(Topics.RAW_TRANSACTIONS, line.getCustomerId(), line);
    }

    private void send(String customer, String order, String product, int quantity, String amount) {
        send(line(customer, order, product, quantity, amount));
    }

    /** What was sent of the table since the last time, after both stages had time to send. */
    private List<String> rows(String table) {
        firn.driver.advanceWallClockTime(Duration.ofSeconds(1));
        firn.driver.advanceWallClockTime(Duration.ofSeconds(1));
        return firn.rows(table).stream().map(RowText::of).toList();
    }

    @Test
    void shouldSumByFiscalPeriodTerritoryAndFamily() {
        // Given
        send("C1", "O1", "P1", 1, "100.00");
        send("C1", "O1", "P2", 1, "50.00");
        send("C2", "O2", "P1", 3, "1000.01");
        send("C1", "O1", "P1", 1, "-100.05");
        send("C1", "O1", "P3", 1, "7.00");
        Transaction elsewhere = line("C3", "O3", "P1", 1, "20.00");
        elsewhere.setTerritory("APAC");
        elsewhere.setCurrency("EUR");
        send(elsewhere);
        Transaction later = line("C2", "O4", "P1", 1, "5.00");
        later.setTransactionTime(NEXT_DAY);
        send(later);

        // When
        List<String> weeks = rows("gold.sales_by_week");
        List<String> months = rows("gold.sales_by_month");
        List<String> quarters = rows("gold.sales_by_quarter");

        // Then
        assertThat(weeks)
                .containsExactlyInAnyOrder(
                        "2025 48 EMEA cars 1150.01 100.05 10.01 1059.97 2",
                        "2025 48 EMEA plans 7.00 0.00 0.00 7.00 1",
                        "2025 48 APAC cars 22.00 0.00 0.00 22.00 1",
                        "2026 9 EMEA cars 5.00 0.00 0.00 5.00 1");
        assertThat(months).hasSize(4).contains("2025 12 EMEA cars 1150.01 100.05 10.01 1059.97 2");
        assertThat(quarters).hasSize(4).contains("2025 4 EMEA cars 1150.01 100.05 10.01 1059.97 2");
    }

    @Test
    void shouldSumByMonthOfTheCalendar() {
        // Given
        send("C1", "O1", "P1", 2, "100.00");
        send("C1", "O2", "P2", 3, "50.00");
        send("C2", "O3", "P2", 1, "-30.00");
        send("C1", "O1", "P1", 1, "-50.00");

        // When
        List<String> months = rows("gold.monthly_summary");

        // Then
        assertThat(months).containsExactly("2026 1 150.00 80.00 5 2 8.00 2");
    }

    @Test
    void shouldTellSegmentsByWhatCustomersHaveSpent() {
        // Given
        send("C1", "O1", "P1", 1, "10000.00");
        send("C2", "O2", "P1", 1, "2000.00");
        List<String> atTheEdge = rows("gold.customer_segments");

        // When
        send("C1", "O3", "P2", 1, "0.01");
        send("C2", "O2", "P3", 1, "0.01");
        send("C3", "O4", "P1", 1, "-10.00");
        List<String> past = rows("gold.customer_segments");

        // Then
        assertThat(atTheEdge)
                .containsExactlyInAnyOrder(
                        "C1 10000.00 1 10000.00 " + JANUARY_1 + " 1 Medium",
                        "C2 2000.00 1 2000.00 " + JANUARY_1 + " 1 Low");
        assertThat(past)
                .containsExactlyInAnyOrder(
                        "C1 10000.01 2 5000.01 " + JANUARY_1 + " 2 High",
                        "C2 2000.01 1 2000.01 " + JANUARY_1 + " 2 Medium",
                        "C3 -9.00 0 null null 0 Low");
    }

    @Test
    void shouldTakeTheNewestSaleForTheLastOrderWhenOlderOnesAndRefundsFollow() {
        // Given
        Transaction newest = line("C1", "O1", "P1", 1, "10.00");
        newest.setTransactionTime(NEXT_DAY);
        send(newest);
        firn.send(Topics.RAW_FISCAL_CALENDAR, "3", Events.day(NEXT_DAY.plus(Duration.ofDays(1)), 2026, 1, 2, 9));
        Transaction refund = line("C1", "O1", "P1", 1, "-10.00");
        refund.setTransactionTime(NEXT_DAY.plus(Duration.ofDays(1)));
        send(refund);

        // When
        send("C1", "O2", "P1", 1, "10.00");

        // Then
        assertThat(rows("gold.customer_segments")).containsExactly("C1 11.00 2 5.50 " + (JANUARY_1 + 1) + " 1 Low");
    }

    @Test
    void shouldRankProductsWithinTheirTerritory() {
        // Given
        send("C1", "O1", "P2", 2, "100.01");
        send("C1", "O1", "P1", 1, "100.01");
        send("C2", "O2", "P3", 4, "130.00");
        send("C2", "O2", "P3", 1, "-32.50");
        Transaction elsewhere = line("C3", "O3", "P3", 1, "1.00");
        elsewhere.setTerritory("APAC");
        send(elsewhere);

        // When
        List<String> ranked = rows("gold.product_performance");

        // Then
        assertThat(ranked)
                .containsExactlyInAnyOrder(
                        "EMEA P1 100.01 1 1 100.01 1 100.01 0.00",
                        "EMEA P2 100.01 2 1 50.01 2 100.01 0.00",
                        "EMEA P3 97.50 3 1 32.50 3 100.01 2.51",
                        "APAC P3 1.00 1 1 1.00 1 1.00 0.00");
    }

    @Test
    void shouldRankCustomersByWhatTheyHaveSpentAndThenById() {
        // Given
        send("C2", "O1", "P1", 1, "300.00");
        send("C1", "O2", "P1", 1, "300.00");
        send("C3", "O3", "P1", 1, "500.00");
        List<String> before = rows("gold.top_customers");

        // When
        send("C3", "O3", "P1", 1, "-400.00");

        // Then
        assertThat(before)
                .containsExactly(
                        "1 C3 500.00 1 500.00 " + JANUARY_1 + " 1 Low",
                        "2 C1 300.00 1 300.00 " + JANUARY_1 + " 1 Low",
                        "3 C2 300.00 1 300.00 " + JANUARY_1 + " 1 Low");
        assertThat(rows("gold.top_customers"))
                .containsExactly(
                        "1 C1 300.00 1 300.00 " + JANUARY_1 + " 1 Low",
                        "2 C2 300.00 1 300.00 " + JANUARY_1 + " 1 Low",
                        "3 C3 140.00 1 140.00 " + JANUARY_1 + " 1 Low");
    }

    @Test
    void shouldSendARowOncePerIntervalAndOnlyWhenItHasChanged() {
        // Given
        send("C1", "O1", "P1", 1, "100.00");
        send("C1", "O2", "P2", 1, "10.00");
        long unsent = firn.tally.unsent().get();

        // When
        List<String> first = rows("gold.product_performance");
        List<String> nothing = rows("gold.product_performance");
        send("C1", "O3", "P2", 1, "20.00");
        send("C1", "O4", "P2", 1, "30.00");

        // Then
        assertThat(unsent).isPositive();
        assertThat(first).hasSize(2);
        assertThat(nothing).isEmpty();
        assertThat(rows("gold.product_performance")).containsExactly("EMEA P2 60.00 3 3 20.00 2 100.00 40.00");
        assertThat(firn.tally.unsent().get()).isZero();
    }

    @Test
    void shouldCountNothingThatWentToQuarantine() {
        // Given
        Transaction unknown = line("C9", "O1", "P1", 1, "100.00");
        unknown.setAmount(new BigDecimal("1.00"));
        send(unknown);

        // When
        firn.driver.advanceWallClockTime(Duration.ofSeconds(11));

        // Then
        assertThat(firn.quarantined()).hasSize(1);
        assertThat(rows("gold.monthly_summary")).isEmpty();
    }
}
