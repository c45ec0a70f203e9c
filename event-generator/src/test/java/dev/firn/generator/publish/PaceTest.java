package dev.firn.generator.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong clock = new AtomicLong(SECOND);

    @Test
    void shouldKeepTheRateWhenSteady() {
        // Given
        Pace pace = pace(Shape.STEADY, 1_000);

        // When
        long[] perSecond = run(pace, 10);

        // Then
        for (long events : perSecond) {
            assertThat((double) events).isCloseTo(1_000, within(5.0));
        }
    }

    @Test
    void shouldKeepTheRateOnAverageWhenBursting() {
        // Given
        Pace pace = pace(Shape.BURSTS, 1_000);

        // When
        long[] perSecond = run(pace, 20);

        // Then
        for (int second = 0; second < 20; second++) {
            double expected = second % 10 < 2 ? 3_000 : 500;
            assertThat((double) perSecond[second]).isCloseTo(expected, within(10.0));
        }
    }

    @Test
    void shouldNeverWaitWhenRateIsZero() {
        // Given
        Pace pace = pace(Shape.STEADY, 0);

        // When
        for (int i = 0; i < 1_000; i++) {
            pace.gone();
        }

        // Then
        assertThat(pace.early()).isZero();
    }

    @Test
    void shouldNotCatchUpWhenItWasHeldUp() {
        // Given
        Pace pace = pace(Shape.STEADY, 1_000);
        run(pace, 1);

        // When: a minute of outage
        clock.addAndGet(60 * SECOND);
        long[] perSecond = run(pace, 2);

        // Then
        assertThat((double) perSecond[0]).isCloseTo(1_000, within(5.0));
    }

    @Test
    void shouldTakeTheNewRateWhenItChanges() {
        // Given
        Pace pace = pace(Shape.STEADY, 1_000);
        run(pace, 1);

        // When
        pace.rate(200);
        long[] perSecond = run(pace, 2);

        // Then
        assertThat((double) perSecond[1]).isCloseTo(200, within(3.0));
    }

    @ParameterizedTest
    @CsvSource({"DIURNAL, 1440, 0.2, 1.8", "RAMP, 600, 0, 2"})
    void shouldSwingAroundTheRateWhenShapeIsNotSteady(Shape shape, int period, double least, double most) {
        // Given
        Pace pace = pace(shape, 100);

        // When
        long[] perSecond = run(pace, 2 * period);

        // Then
        double[] smooth = IntStream.range(0, perSecond.length - 20)
                .mapToDouble(i -> Arrays.stream(perSecond, i, i + 20).sum() / 20.0 / 100)
                .toArray();
        assertThat(Arrays.stream(smooth).min().orElseThrow()).isCloseTo(least, within(0.06));
        assertThat(Arrays.stream(smooth).max().orElseThrow()).isCloseTo(most, within(0.06));
        assertThat(Arrays.stream(perSecond, 0, period).sum() / 100.0 / period).isCloseTo(1, within(0.01));
    }

    private Pace pace(Shape shape, double rate) {
        Pace pace = new Pace(shape, clock::get);
        pace.rate(rate);
        return pace;
    }

    private long[] run(Pace pace, int seconds) {
        long[] perSecond = new long[seconds];
        long start = clock.get();
        while (clock.get() < start + seconds * SECOND) {
            long early = pace.early();
            if (early > 0) {
                assertThat(early).isGreaterThanOrEqualTo(Pace.SHORTEST_NANOS);
                clock.addAndGet(early);
            } else {
                perSecond[(int) ((clock.get() - start) / SECOND)]++;
                pace.gone();
            }
        }
        return perSecond;
    }
}
