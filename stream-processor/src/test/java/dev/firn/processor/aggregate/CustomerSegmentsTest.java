package dev.firn.processor.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomerSegmentsTest {
    @ParameterizedTest
    @CsvSource({"-1, Low", "200000, Low", "200001, Medium", "1000000, Medium", "1000001, High"})
    void shouldTellTheSegmentWhenTheNetIsAboveItsThreshold(long cents, String segment) {
        // Given
        Sums sums = new Sums(cents, 0, 0, 1, 0, 1, 1, 1, 1);

        // When
        var rows = Tables.CUSTOMERS.rows("C1".getBytes(StandardCharsets.UTF_8), List.of(new Member(Member.ONLY, sums)));

        // Then
        assertThat(rows)
                .singleElement()
                .satisfies(row -> assertThat(row.get("segment")).hasToString(segment));
    }
}
