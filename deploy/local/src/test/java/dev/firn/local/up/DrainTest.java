package dev.firn.local.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.local.status.GeneratorStatus;
import dev.firn.local.status.Observation;
import dev.firn.local.status.ProcessorStatus;
import dev.firn.local.status.SinkStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrainTest {
    private final Drain drain = new Drain();

    @Test
    void shouldBeCompleteWhenAllIsQuietTwiceWithTheSameCounts() {
        assertThat(drain.isCompleteWith(seen(1, "DONE", 10, true, 10, true))).isFalse();
        assertThat(drain.isCompleteWith(seen(2, "DONE", 10, true, 10, true))).isTrue();
    }

    @Test
    void shouldStartAgainWhenCountHasChangedInBetween() {
        assertThat(drain.isCompleteWith(seen(1, "PAUSED", 10, true, 9, true))).isFalse();
        assertThat(drain.isCompleteWith(seen(2, "PAUSED", 10, true, 10, true))).isFalse();
        assertThat(drain.isCompleteWith(seen(3, "PAUSED", 10, true, 10, true))).isTrue();
    }

    @Test
    void shouldNotBeCompleteWhenOneOfThemIsNot() {
        for (var time = 1; time < 5; time++) {
            assertThat(drain.isCompleteWith(seen(time, "RUNNING", 10, true, 10, true)))
                    .isFalse();
            assertThat(drain.isCompleteWith(seen(time, "DONE", 10, false, 10, true)))
                    .isFalse();
            assertThat(drain.isCompleteWith(seen(time, "DONE", 10, true, 10, false)))
                    .isFalse();
        }
    }

    @Test
    void shouldNotBeCompleteWhenServiceDoesNotAnswer() {
        // Given
        var silent =
                new Observation(1, Optional.of(new GeneratorStatus("DONE", 1, 1)), Optional.empty(), Optional.empty());

        // When
        drain.isCompleteWith(silent);

        // Then
        assertThat(drain.isCompleteWith(silent)).isFalse();
    }

    @Test
    void shouldTellStandstillWhenCountsStay() {
        // Given
        drain.isCompleteWith(seen(1, "RUNNING", 10, true, 10, true));

        // When
        drain.isCompleteWith(seen(61, "RUNNING", 10, true, 10, true));

        // Then
        assertThat(drain.standstill(61_000_000_000L)).isEqualTo(Duration.ofSeconds(60));
    }

    private static Observation seen(
            long second, String state, long sent, boolean processorDrained, long processed, boolean sinkDrained) {
        return new Observation(
                second * 1_000_000_000L,
                Optional.of(new GeneratorStatus(state, sent, sent)),
                Optional.of(new ProcessorStatus("RUNNING", 0, processorDrained, processed)),
                Optional.of(new SinkStatus("RUNNING", 0, sinkDrained, List.of())));
    }
}
