package dev.firn.processor.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactMeasuresTest {
    @ParameterizedTest
    @CsvSource({"0, 1999999, 1", "0, 999999, 0", "5000000, 1000000, 0", "0, 3600000000, 3600"})
    void shouldCountWholeSecondsWhenASessionLasts(long from, long to, long seconds) {
        assertThat(ChargingMeasures.seconds(from, to)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({"10, 3600, 10.0", "10, 1800, 20.0", "1, 7, 514.286", "0.0005, 3600, 0.001", "0, 5, 0.0", "7, 0,"})
    void shouldRoundToTheWattWhenPowerIsAveraged(double kwh, long seconds, Double kw) {
        assertThat(ChargingMeasures.averageKw(kwh, seconds)).isEqualTo(kw);
    }

    @ParameterizedTest
    @CsvSource({"10.00, 3, 3.3333", "0.01, 200, 0.0001", "3.90, 10, 0.3900", "1.00, 0.0009,", "1.00, 0.001, 1000.0000"})
    void shouldHaveAPriceWhenEnergyIsAWattHourOrMore(BigDecimal price, double kwh, BigDecimal perKwh) {
        assertThat(ChargingMeasures.perKwh(price, kwh)).isEqualTo(perKwh);
    }

    @Test
    void shouldBeTheWidestSpreadWhenCellsDiffer() {
        assertThat(HealthMeasures.cellSpread(List.of(3.9, 4.012, 3.871))).isEqualTo(0.141);
        assertThat(HealthMeasures.cellSpread(List.of())).isNull();
    }

    @ParameterizedTest
    @CsvSource({"1, negative", "2, negative", "3, neutral", "4, positive", "5, positive"})
    void shouldBucketRatings(int rating, String bucket) {
        assertThat(ReviewMeasures.bucket(rating)).isEqualTo(bucket);
    }
}
