package dev.firn.processor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.processor.wait.ReferenceProgress;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CatchUpTest {
    private static final TopicPartition A = new TopicPartition("a", 0);
    private static final TopicPartition B = new TopicPartition("b", 0);
    private static final TopicPartition STORED = new TopicPartition("stored", 0);

    private final CatchUp catchUp = new CatchUp(Duration.ofSeconds(5), true);
    private long stored = 7;
    private long storedEnd = 7;
    private long front = Long.MAX_VALUE;

    @Test
    void shouldBeBehindWhenABacklogIsThere() {
        // When
        sample(1_000, 0, 10);
        sample(2_000, 5, 10);

        // Then
        assertThat(catchUp.currentSince()).isEqualTo(ReferenceProgress.BEHIND);
        assertThat(catchUp.takenInUntil()).isZero();
    }

    @Test
    void shouldKeepUpWhenTheInputGrowsAllTheTime() {
        // Given
        sample(1_000, 10, 10);
        sample(2_000, 10, 20);

        // When
        for (int second = 3; second < 60; second++) {
            sample(second * 1_000L, 10L * second - 12, 10L * second);
        }

        // Then
        assertThat(catchUp.currentSince()).isEqualTo(2_000);
        assertThat(catchUp.takenInUntil()).isBetween(55_000L, 59_000L);
    }

    @Test
    void shouldFallBehindWhenNothingIsTakenInForTooLong() {
        // Given
        sample(1_000, 10, 10);
        sample(2_000, 10, 20);

        // When
        sample(5_900, 10, 20);
        long soon = catchUp.currentSince();
        sample(7_100, 10, 20);
        long late = catchUp.currentSince();
        sample(8_000, 20, 20);
        sample(9_000, 20, 20);

        // Then
        assertThat(soon).isEqualTo(2_000);
        assertThat(late).isEqualTo(ReferenceProgress.BEHIND);
        assertThat(catchUp.takenInUntil()).isEqualTo(2_000);
    }

    @Test
    void shouldWaitForEveryInput() {
        // When
        for (int second = 1; second < 9; second++) {
            catchUp.sample(
                    second * 1_000L,
                    new CatchUp.Sample(
                            Map.of(A, new LagMeter.Position(9, 9), B, new LagMeter.Position(0, 1)),
                            Map.of(),
                            input -> Long.MAX_VALUE));
        }

        // Then
        assertThat(catchUp.takenInUntil()).isZero();
    }

    @Test
    void shouldWaitForTheStoresWhenTheInputsHaveBeenRead() {
        // Given
        storedEnd = 8;

        // When
        sample(1_000, 10, 10);
        sample(2_000, 10, 10);
        sample(3_000, 10, 10);
        long before = catchUp.takenInUntil();
        stored = 8;
        sample(4_000, 10, 10);
        sample(5_000, 10, 10);

        // Then
        assertThat(before).isZero();
        assertThat(catchUp.takenInUntil()).isEqualTo(1_000);
    }

    @Test
    void shouldWaitForRecordsThatWaitAndForWhatComesOfThem() {
        // Given
        front = 9;

        // When
        sample(1_000, 10, 10);
        sample(2_000, 10, 10);
        front = 10;
        sample(3_000, 10, 10);
        storedEnd = 9;
        sample(4_000, 10, 10);
        long before = catchUp.takenInUntil();
        stored = 9;
        sample(5_000, 10, 10);

        // Then
        assertThat(before).isZero();
        assertThat(catchUp.takenInUntil()).isEqualTo(1_000);
    }

    @Test
    void shouldNotWaitForRecordsThatCameLater() {
        // Given
        sample(1_000, 10, 10);
        front = 10;

        // When
        sample(2_000, 11, 12);

        // Then
        assertThat(catchUp.takenInUntil()).isEqualTo(1_000);
    }

    @Test
    void shouldBeDoneOnceAllIsInTheStoresWhenNothingEverWaits() {
        // Given
        CatchUp simple = new CatchUp(Duration.ofSeconds(5), false);

        // When
        sample(simple, 1_000, 10, 10);
        long first = simple.takenInUntil();
        sample(simple, 2_000, 10, 10);

        // Then
        assertThat(first).isEqualTo(1_000);
        assertThat(simple.takenInUntil()).isEqualTo(1_000);
        assertThat(simple.currentSince()).isEqualTo(1_000);
    }

    @Test
    void shouldKeepUpWhenEachRoundTakesAlmostTheTolerance() {
        // Given
        CatchUp slow = new CatchUp(Duration.ofSeconds(5), false);
        sample(slow, 1_000, 10, 10);

        // When
        for (int second = 2; second < 60; second++) {
            sample(slow, second * 1_000L, second / 4 * 40L, 10L * second);
        }

        // Then
        assertThat(slow.currentSince()).isEqualTo(1_000);
    }

    @Test
    void shouldBeBehindUntilARoundIsShortWhenOneTookTooLong() {
        // Given
        CatchUp simple = new CatchUp(Duration.ofSeconds(5), false);
        sample(simple, 1_000, 0, 10);

        // When
        sample(simple, 9_000, 10, 12);
        long afterLong = simple.currentSince();
        sample(simple, 10_000, 12, 12);

        // Then
        assertThat(afterLong).isEqualTo(ReferenceProgress.BEHIND);
        assertThat(simple.currentSince()).isEqualTo(10_000);
    }

    @Test
    void shouldKnowWhatItKnewAndBeBehindWhenNobodyAnswersForTooLong() {
        // Given
        sample(1_000, 10, 10);
        sample(2_000, 10, 10);

        // When
        catchUp.unknown(9_000);

        // Then
        assertThat(catchUp.takenInUntil()).isEqualTo(1_000);
        assertThat(catchUp.currentSince()).isEqualTo(ReferenceProgress.BEHIND);
    }

    private void sample(long now, long reached, long end) {
        sample(catchUp, now, reached, end);
    }

    private void sample(CatchUp asked, long now, long reached, long end) {
        long at = front;
        asked.sample(
                now,
                new CatchUp.Sample(
                        Map.of(A, new LagMeter.Position(reached, end)),
                        Map.of(STORED, new LagMeter.Position(stored, storedEnd)),
                        input -> at));
    }
}
