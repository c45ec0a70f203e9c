package dev.firn.generator.company;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VinTest {
    /** Numbers that are given as examples of valid ones in many places. */
    @ParameterizedTest
    @ValueSource(strings = {"1M8GDM9AXKP042788", "11111111111111111", "5GZCZ43D13S812715"})
    void shouldGiveTheCheckDigitOfRealNumbers(String vin) {
        assertThat(Vin.check(vin)).isEqualTo(vin.charAt(8));
    }

    @Test
    void shouldBeValidAndAnotherOneWhenNumberIsAnother() {
        // When
        var vins = LongStream.of(1, 2, 999_999, 1_000_000, 1_000_001, 50_000_000)
                .mapToObj(Vin::of)
                .toList();

        // Then
        assertThat(vins).doesNotHaveDuplicates().allSatisfy(vin -> {
            assertThat(vin).matches("[A-HJ-NPR-Z0-9]{17}");
            assertThat(Vin.check(vin)).isEqualTo(vin.charAt(8));
        });
    }
}
