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

    private final CatchUp catchUp = new CatchUp(Duration.ofSeconds(5));

    @Test
    void shouldBeBehindWhenABacklogIsThere() {
        // When
        long since = catchUp.sample(1_000, at(0, 10));

        // Then
        assertThat(since).isEqualTo(ReferenceProgress.BEHIND);
    }

    @Test
    void shouldKeepUpWhenTheInputGrowsAllTheTime() {
        // Given
        catchUp.sample(1_000, at(10, 10));

        // When
        long since = 0;
        for (int second = 2; second < 60; second++) {
            since = catchUp.sample(second * 1_000L, at(10L * second - 12, 10L * second));
        }

        // Then
        assertThat(since).isEqualTo(1_000);
    }

    @Test
    void shouldFallBehindWhenNothingIsTakenInForTooLong() {
        // Given
        catchUp.sample(1_000, at(10, 10));
        catchUp.sample(2_000, at(10, 20));

        // When
        long soon = catchUp.sample(5_900, at(10, 20));
        long late = catchUp.sample(7_100, at(10, 20));
        long after = catchUp.sample(8_000, at(20, 20));

        // Then
        assertThat(soon).isEqualTo(1_000);
        assertThat(late).isEqualTo(ReferenceProgress.BEHIND);
        assertThat(after).isEqualTo(8_000);
    }

    @Test
    void shouldWaitForEveryInput() {
        // When
        long since = catchUp.sample(1_000, Map.of(A, new LagMeter.Position(9, 9), B, new LagMeter.Position(0, 1)));

        // Then
        assertThat(since).isEqualTo(ReferenceProgress.BEHIND);
    }

    private static Map<TopicPartition, LagMeter.Position> at(long committed, long end) {
        return Map.of(A, new LagMeter.Position(committed, end));
    }
}
