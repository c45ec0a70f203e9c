package dev.firn.processor.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.processor.RowText;
import dev.firn.processor.Stored;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.util.Utf8;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one raw partition keeps of periods. */
class SalesRetentionTest {
    private static final int NEW_YEAR = (int) LocalDate.of(2026, 1, 1).toEpochDay();
    private static final Retention RETENTION = new Retention(60);
    /** After the newest sale of a period: then none of it can count, and all of it goes. */
    private static final int KEPT = 60 + 184;

    @TempDir
    private Path dir;

    private KeyValueStore<byte[], byte[]> store;
    private PartialSums sums;
    private int orders;

    @BeforeEach
    void start() {
        store = Stored.inMemory(dir, "sums");
        sums = new PartialSums(store, Stored.inMemory(dir, "seen"), RETENTION, new AtomicLong());
    }

    private boolean add(int day) {
        return sums.add(new Sale(
                new Utf8("C1"),
                new Utf8("P1"),
                new Utf8("O" + ++orders),
                new Utf8("EMEA"),
                new Utf8("cars"),
                false,
                1,
                100,
                0,
                NEW_YEAR + day,
                new Sale.Fiscal(2026 + day / 300, 1 + day / 100, 1 + day / 30, 1 + day / 7)));
    }

    /** What is sent of the tables now, as their rows would be of this partition alone. */
    private List<String> drain() {
        List<String> rows = new ArrayList<>();
        sums.drain((board, name, member, changed) -> {
            if (changed != null) {
                board.rows(name, List.of(new Member(member, changed)))
                        .forEach(row -> rows.add(board.topic() + " " + RowText.of(row)));
            }
        });
        return rows;
    }

    @Test
    void shouldCountASaleInPeriodsWhenItIsNoOlderThanTheRetention() {
        // Given
        add(0);
        add(60);

        // When
        boolean inTime = add(0);

        // Then
        assertThat(inTime).isTrue();
        assertThat(drain()).contains("gold.sales_by_week 2026 1 EMEA cars 2.00 0.00 0.00 2.00 2");
    }

    @Test
    void shouldCountASaleForEverButInNoPeriodWhenItIsOlderThanTheRetention() {
        // Given
        add(0);
        add(61);
        drain();

        // When
        boolean inTime = add(0);

        // Then
        assertThat(inTime).isFalse();
        assertThat(drain())
                .satisfiesExactlyInAnyOrder(
                        row -> assertThat(row).startsWith("gold.customer_segments C1 3.00 3 "),
                        row -> assertThat(row).startsWith("gold.top_customers 1 C1 3.00 3 "),
                        row -> assertThat(row).startsWith("gold.product_performance EMEA P1 3.00 3 3 "));
    }

    @Test
    void shouldNotBeginARowAnewWhenASaleOfItsPeriodStillCounts() {
        // Given
        add(0);
        drain();
        add(120);
        drain();

        // When
        boolean inTime = add(90);

        // Then
        assertThat(inTime).isTrue();
        assertThat(drain())
                .as("the first quarter of the calendar as Fiscal has it here")
                .contains("gold.sales_by_quarter 2026 1 EMEA cars 2.00 0.00 0.00 2.00 2");
    }

    @Test
    void shouldForgetPeriodsButNotWhatIsOfNoneWhenNoSaleOfThemCouldCount() {
        // Given
        add(0);
        drain();
        int before = Stored.content(store).size();

        // When
        add(KEPT + 30);
        drain();

        // Then
        List<String> rows = new ArrayList<>();
        add(KEPT + 30);
        rows.addAll(drain());
        assertThat(Stored.content(store)).hasSize(before);
        assertThat(rows)
                .anySatisfy(row -> assertThat(row).startsWith("gold.product_performance EMEA P1 3.00"))
                .anySatisfy(row -> assertThat(row).startsWith("gold.customer_segments C1 3.00"));
    }

    @Test
    void shouldForgetNothingThatIsStillToBeSent() {
        // Given
        add(0);

        // When
        add(KEPT + 30);

        // Then
        assertThat(drain())
                .contains("gold.sales_by_week 2026 1 EMEA cars 1.00 0.00 0.00 1.00 1")
                .contains("gold.monthly_summary 2026 1 1.00 0.00 1 0 0.00 1");
    }

    @Test
    void shouldKeepSumsWithoutADate() {
        // Given, When, Then
        assertThat(RETENTION.isOver(Sums.NEVER, Long.MAX_VALUE)).isFalse();
        assertThat(RETENTION.canGo(Sums.NEVER, Long.MAX_VALUE)).isFalse();
        assertThat(RETENTION.canGo(0, KEPT)).isFalse();
        assertThat(RETENTION.canGo(0, KEPT + 1)).isTrue();
        assertThat(RETENTION.isOver(0, Long.MIN_VALUE))
                .as("before the first sale")
                .isFalse();
    }
}
