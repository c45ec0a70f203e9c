package dev.firn.generator.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipfTest {
    private static final int DRAWS = 200_000;

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.8, 1, 1.5})
    void shouldFollowTheLawWhenDrawnOften(double skew) {
        // Given
        int ranks = 50;
        Zipf zipf = new Zipf(200, skew);
        Dice dice = new Dice(7);
        double sum = 0;
        for (int k = 1; k <= ranks; k++) {
            sum += Math.pow(k, -skew);
        }

        // When
        int[] drawn = new int[ranks];
        for (int i = 0; i < DRAWS; i++) {
            drawn[zipf.rank(ranks, dice)]++;
        }

        // Then
        for (int k = 1; k <= ranks; k++) {
            assertThat(drawn[k - 1] / (double) DRAWS).isCloseTo(Math.pow(k, -skew) / sum, within(0.005));
        }
    }

    @Test
    void shouldGiveTheOnlyRankWhenThereIsOne() {
        // Given
        Zipf zipf = new Zipf(10, 1);

        // When
        int rank = zipf.rank(1, new Dice(1));

        // Then
        assertThat(rank).isZero();
    }
}
