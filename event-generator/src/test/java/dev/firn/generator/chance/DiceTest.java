package dev.firn.generator.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DiceTest {
    @Test
    void shouldGiveThePublishedNumbersOfSplitMix64WhenSeedIsKnown() {
        // Given: the first outputs for this seed in the reference implementation
        Dice dice = new Dice(1234567);

        // When
        long first = dice.nextLong();
        long second = dice.nextLong();

        // Then
        assertThat(Long.toUnsignedString(first)).isEqualTo("6457827717110365317");
        assertThat(Long.toUnsignedString(second)).isEqualTo("3203168211198807973");
    }

    @Test
    void shouldKeepToItsBoundsWhenDrawnOften() {
        // Given
        Dice dice = new Dice(3);
        long sum = 0;

        // When
        for (int i = 0; i < 100_000; i++) {
            int number = dice.between(3, 7);
            assertThat(number).isBetween(3, 7);
            sum += number;
        }

        // Then
        assertThat(sum / 100_000.0).isCloseTo(5, within(0.05));
    }

    @Test
    void shouldGiveUnrelatedStreamsWhenSplitByLabel() {
        // Given
        Dice one = new Dice(3).split("one");
        Dice other = new Dice(3).split("other");

        // When
        long first = one.nextLong();

        // Then
        assertThat(first).isNotEqualTo(other.nextLong());
    }
}
