package dev.firn.processor.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.Contracts;
import dev.firn.processor.OneProcessor;
import dev.firn.processor.RowText;
import dev.firn.processor.Stored;
import dev.firn.processor.count.Tally;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second stage, with two raw partitions: what it forgets, and when. */
class SalesMergeTest {
    private static final String MONTHS = "gold.monthly_summary";
    private static final int NEW_YEAR = (int) LocalDate.of(2026, 1, 1).toEpochDay();
    private static final int RETENTION = 60;
    /** Further than which no sale of January can count, and all of it goes. */
    private static final int ALL_OVER = RETENTION + 184 + 31;

    @TempDir
    private Path dir;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private OneProcessor merge;

    @BeforeEach
    void start() {
        SalesMergeProcessor.Config config = new SalesMergeProcessor.Config(
                "boards",
                "marks",
                2,
                Duration.ofDays(RETENTION),
                Duration.ofSeconds(1),
                topic -> 1,
                new AtomicLong(),
                new Tally(meters).of("t"),
                "");
        merge = new OneProcessor(dir, () -> new SalesMergeProcessor(config), MONTHS, List.of("boards", "marks"));
    }

    @AfterEach
    void stop() {
        merge.close();
    }

    /** What the partition has of January, with a newest sale on its first day. */
    private void january(int partition, long cents) {
        Sale sale = new Sale(
                new Utf8("C1"),
                new Utf8("P1"),
                new Utf8("O1"),
                new Utf8("EMEA"),
                new Utf8("cars"),
                false,
                1,
                cents,
                0,
                NEW_YEAR,
                new Sale.Fiscal(2026, 1, 1, 1));
        MonthlySummary table = new MonthlySummary();
        Partial partial = new Partial(partition, Member.ONLY, Sums.of(sale, true, true));
        merge.send(Partial.key(table, table.board(sale)), partial.pack());
    }

    private void reached(int partition, int day) {
        merge.send(null, new Reached(partition, NEW_YEAR + day, false).pack());
    }

    private void idle(int partition) {
        merge.send(null, new Reached(partition, Long.MIN_VALUE, true).pack());
    }

    private List<String> rows() {
        merge.advance(Duration.ofSeconds(1));
        return merge.rows(Contracts.schema(MONTHS)).stream().map(RowText::of).toList();
    }

    private int entries() {
        return Stored.content(merge.store("boards")).size();
    }

    private double missed() {
        return meters.get("firn.processor.missed.period").counter().count();
    }

    @Test
    void shouldKeepAPeriodWhenOnePartitionIsFarAheadAndAnotherIsNot() {
        // Given
        january(0, 100);
        reached(0, 10 * ALL_OVER);
        rows();

        // When
        reached(1, 0);
        january(1, 50);

        // Then
        assertThat(rows()).containsExactly("2026 1 1.50 0.00 2 0 0.00 2");
        assertThat(missed()).isZero();
    }

    @Test
    void shouldKeepAPeriodWhenAPartitionHasNotBegun() {
        // Given
        january(0, 100);
        reached(0, ALL_OVER);
        rows();

        // When
        january(1, 50);

        // Then
        assertThat(rows()).containsExactly("2026 1 1.50 0.00 2 0 0.00 2");
    }

    @Test
    void shouldForgetAPeriodAndItsRowWhenAllPartitionsArePastItsRetention() {
        // Given
        january(0, 100);
        january(1, 50);
        reached(0, ALL_OVER);
        reached(1, 1);
        rows();
        int before = entries();

        // When
        reached(1, ALL_OVER);
        rows();

        // Then
        assertThat(before).as("two sums and a row").isEqualTo(3);
        assertThat(entries()).isZero();
    }

    @Test
    void shouldSendARowThatHasChangedBeforeItIsForgotten() {
        // Given
        january(0, 100);
        reached(0, ALL_OVER);

        // When
        reached(1, ALL_OVER);

        // Then
        assertThat(rows()).containsExactly("2026 1 1.00 0.00 1 0 0.00 1");
        assertThat(entries()).isZero();
    }

    @Test
    void shouldCountAndNotSendSumsWhenTheyAreOfAPeriodThatIsOver() {
        // Given
        january(0, 100);
        idle(1);
        reached(0, ALL_OVER);
        rows();

        // When
        january(1, 50);

        // Then
        assertThat(rows()).isEmpty();
        assertThat(entries()).isZero();
        assertThat(missed()).isEqualTo(1);
    }

    @Test
    void shouldForgetNothingWhenAllPartitionsAreSilent() {
        // Given
        january(0, 100);
        reached(0, ALL_OVER);
        idle(0);

        // When
        idle(1);
        rows();

        // Then
        assertThat(entries()).isEqualTo(2);
    }
}
