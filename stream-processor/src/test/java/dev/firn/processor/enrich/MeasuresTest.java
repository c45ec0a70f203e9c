package dev.firn.processor.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasuresTest {
    private static final BigDecimal ONE = new BigDecimal("1.00000000");

    @ParameterizedTest
    @CsvSource({
        "0.00,Small,false",
        "999.99,Small,false",
        "1000.00,Medium,false",
        "4999.99,Medium,false",
        "5000.00,Large,true",
        "-999.99,Small,false",
        "-1000.00,Medium,false",
        "-5000.00,Large,false"
    })
    void shouldSizeByAbsoluteAmount(String amount, String size, boolean large) {
        // When
        Measures measures = Measures.of(new BigDecimal(amount), ONE);

        // Then
        assertThat(measures.dealSize()).isEqualTo(size);
        assertThat(measures.isLargeOrder()).isEqualTo(large);
    }

    @ParameterizedTest
    @CsvSource({
        // amount, type, fee, net; half a cent of fee goes up
        "100.00,Sale,0.00,100.00",
        "0.00,Sale,0.00,0.00",
        "-100.00,Refund,10.00,-90.00",
        "-0.04,Refund,0.00,-0.04",
        "-0.05,Refund,0.01,-0.04",
        "-10.44,Refund,1.04,-9.40",
        "-10.45,Refund,1.05,-9.40"
    })
    void shouldKeepATenthOfRefundsOnly(String amount, String type, BigDecimal fee, BigDecimal net) {
        // When
        Measures measures = Measures.of(new BigDecimal(amount), ONE);

        // Then
        assertThat(measures.type()).isEqualTo(type);
        assertThat(measures.restockingFee()).isEqualTo(fee);
        assertThat(measures.netAmount()).isEqualTo(net);
    }

    @ParameterizedTest
    @CsvSource({
        // amount, rate, amount, fee and net in USD: each from its own rounded source
        "-10.45,1.10000000,-11.50,1.16,-10.34",
        "10.00,0.33333333,3.33,0.00,3.33",
        "0.01,0.50000000,0.01,0.00,0.01",
        "-0.01,0.50000000,-0.01,0.00,-0.01"
    })
    void shouldConvertEachFromItsOwnRoundedSource(
            String amount, String rate, BigDecimal usd, BigDecimal fee, BigDecimal net) {
        // When
        Measures measures = Measures.of(new BigDecimal(amount), new BigDecimal(rate));

        // Then
        assertThat(measures.amountUsd()).isEqualTo(usd);
        assertThat(measures.restockingFeeUsd()).isEqualTo(fee);
        assertThat(measures.netAmountUsd()).isEqualTo(net);
    }

    @Test
    void shouldRefuseWhatNoColumnTakes() {
        // When, Then
        assertThatThrownBy(() -> Measures.of(new BigDecimal("9999999999.99"), new BigDecimal("1.1")))
                .isInstanceOf(ArithmeticException.class);
    }
}
