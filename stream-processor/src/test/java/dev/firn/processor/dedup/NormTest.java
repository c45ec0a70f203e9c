package dev.firn.processor.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormTest {
    private static final double THRESHOLD = 6;
    private static final Offset<Double> EXACTLY = Offset.offset(1e-9);

    private final Random random = new Random(5);
    private Norm norm = Norm.NEW;

    /** Of so many values around the middle, how many are unusual. */
    private int unusual(int values, double middle, double deviation) {
        int unusual = 0;
        for (int i = 0; i < values; i++) {
            double value = middle + deviation * random.nextGaussian();
            unusual += norm.distance(value) > THRESHOLD ? 1 : 0;
            Packer packed = new Packer();
            norm.and(value).pack(packed);
            norm = Norm.unpack(new Unpacker(packed.toBytes()));
        }
        return unusual;
    }

    @Test
    void shouldFindNothingUnusualBeforeThereIsAUsual() {
        // When
        for (int i = 1; i < Norm.FIRST; i++) {
            norm = norm.and(i);
        }

        // Then
        assertThat(norm.distance(1e9)).isZero();
        assertThat(norm.and(Norm.FIRST).distance(1e9)).isGreaterThan(THRESHOLD);
    }

    @Test
    void shouldMeasureInStandardDeviations() {
        // When
        int unusual = unusual(20_000, 100, 10);

        // Then
        assertThat(unusual).isLessThan(5);
        assertThat(norm.distance(150)).isBetween(3.5, 6.5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e3, 1e6, 1e12, -1e12})
    void shouldStayWhereItIsWhenSingleValuesAreFarOff(double outlier) {
        // Given
        unusual(500, 100, 10);
        double before = norm.distance(200);

        // When
        norm = norm.and(outlier).and(outlier);

        // Then
        assertThat(norm.distance(outlier)).isGreaterThan(THRESHOLD);
        assertThat(norm.distance(200)).isBetween(before * 0.7, before * 1.1);
    }

    @Test
    void shouldTakeAnotherLevelForUsualInSomeDozensOfValues() {
        // Given
        unusual(500, 100, 10);

        // When
        int unusual = unusual(500, 500, 10);

        // Then
        assertThat(unusual).isBetween(5, 60);
        assertThat(unusual(500, 500, 10)).isZero();
    }

    @Test
    void shouldFollowADriftWithoutAWord() {
        // Given
        unusual(500, 100, 10);
        int unusual = 0;

        // When
        for (int step = 0; step < 2000; step++) {
            unusual += unusual(1, 100 + step * 0.5, 10);
        }

        // Then
        assertThat(unusual).isLessThan(3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 42})
    void shouldFindAChangeOfWhatNeverChangedAndGetUsedToIt(double constant) {
        // Given
        unusual(100, constant, 0);

        // When
        double distance = norm.distance(constant + 5);
        int unusual = unusual(300, constant + 5, 0);

        // Then
        assertThat(distance).isGreaterThan(THRESHOLD);
        assertThat(unusual).isBetween(1, 150);
    }

    @Test
    void shouldBeginWithTheMedianWhenOneOfTheFirstIsFarOff() {
        // When
        norm = norm.and(1e9);
        unusual(100, 100, 10);

        // Then
        assertThat(norm.distance(300)).isGreaterThan(THRESHOLD);
    }

    @Test
    void shouldTakeSeldomSmallStepsForUsualWhenMostValuesAreTheSame() {
        // When
        for (int i = 0; i < Norm.FIRST; i++) {
            norm = norm.and(i % 3 == 0 ? 22 : 21);
        }

        // Then
        assertThat(norm.distance(20)).isLessThan(THRESHOLD);
        assertThat(norm.distance(500)).isGreaterThan(THRESHOLD);
    }

    @Test
    void shouldLeaveOutWhatIsNoNumber() {
        // Given
        unusual(100, 100, 10);

        // When, Then
        assertThat(norm.distance(Double.NaN) > THRESHOLD).isFalse();
        assertThat(norm.and(Double.NaN).distance(100)).isEqualTo(norm.distance(100));
    }

    @Test
    void shouldBeginWithTheMedianAndTheMedianDistance() {
        // When
        norms(9, 1, 16, 4, 13, 2, 15, 8, 5, 12, 3, 14, 7, 10, 6, 11);

        // Then
        assertThat(norm.distance(8.5)).isZero();
        assertThat(norm.distance(20.5)).isCloseTo(12 * 0.6745 / 4, EXACTLY);
        assertThat(norm.distance(2.5)).isCloseTo(6 * 0.6745 / 4, EXACTLY);
    }

    @Test
    void shouldBeginWithTheMeanDistanceOfAllButTheFarthestWhenMostValuesAreTheSame() {
        // When
        norms(10, 10, 1000, 10, 10, 12, 10, 10, 10, 10, 12, 10, 10, 1000, 10, 10);

        // Then
        assertThat(norm.distance(12)).isCloseTo(2 * Math.sqrt(2 / Math.PI) * 14 / 4, EXACTLY);
    }

    @ParameterizedTest
    @CsvSource({"2000, 2003, 1.5", "-2000, -2003, 1.5", "0, 0.002, 2"})
    void shouldTellNoFinerApartThanAThousandthOfTheMiddle(double middle, double value, double distance) {
        // When
        norms(DoubleStream.generate(() -> middle).limit(Norm.FIRST).toArray());

        // Then
        assertThat(norm.distance(value)).isCloseTo(distance, EXACTLY);
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "1e9, 3", "-1, -1", "-1e9, -3"})
    void shouldBeDrawnByEachValueButByNoneAsIfItWereFartherThanThreeDistances(double deviations, double drawn) {
        // Given
        norms(9, 1, 16, 4, 13, 2, 15, 8, 5, 12, 3, 14, 7, 10, 6, 11);
        double deviation = 4 / 0.6745;

        // When
        norm = norm.and(8.5 + deviations * deviation);

        // Then
        double middle = 8.5 + drawn * deviation / 32;
        double after = deviation + (Math.abs(drawn) * deviation / Math.sqrt(2 / Math.PI) - deviation) / 32;
        assertThat(norm.distance(middle)).isCloseTo(0, EXACTLY);
        assertThat(norm.distance(middle + after)).isCloseTo(1, EXACTLY);
    }

    private void norms(double... values) {
        for (double value : values) {
            norm = norm.and(value);
        }
    }
}
