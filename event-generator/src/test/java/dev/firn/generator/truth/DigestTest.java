package dev.firn.generator.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DigestTest {
    private record Row(@Nullable String text, BigDecimal money, boolean flag, long number, Instant time) {}

    private static final Columns<Row> COLUMNS = new Columns<Row>()
            .text("t", Row::text)
            .decimal("m", Row::money)
            .flag("f", Row::flag)
            .number("n", Row::number)
            .time("seen", Row::time);

    @Test
    void shouldBeTheVectorThatVerificationAgreesOnWhenRowIsOneText() {
        // Given
        Digest digest = new Digest();

        // When
        digest.column("firn");
        digest.end(1);

        // Then: as in deploy/local
        assertThat(digest.sum()).isEqualTo("1372563841354396569");
    }

    @Test
    void shouldCarryWhenSumExceeds64Bits() {
        // Given
        Digest digest = new Digest();

        // When
        for (int i = 0; i < 100; i++) {
            digest.column("firn");
            digest.end(1);
        }

        // Then
        assertThat(new BigInteger(digest.sum()))
                .isEqualTo(new BigInteger("1372563841354396569").multiply(BigInteger.valueOf(100)));
    }

    @Test
    void shouldBeAsBeforeWhenARowIsTakenBack() {
        // Given
        Digest digest = new Digest();
        for (int i = 0; i < 100; i++) {
            digest.column("firn");
            digest.end(1);
        }

        // When
        for (int i = 0; i < 99; i++) {
            digest.column("firn");
            digest.end(-1);
        }

        // Then
        assertThat(digest.sum()).isEqualTo("1372563841354396569");
    }

    @Test
    void shouldBeDuckDbsWhenColumnsAreOfAllKindsAndNull() throws SQLException {
        // Given
        Digest digest = new Digest();
        Instant time = Instant.parse("2026-03-08T09:59:59.000001Z");
        COLUMNS.write(new Row("Zürich|1", new BigDecimal("-0.50"), true, -7, time), 1, digest);
        COLUMNS.write(new Row(null, new BigDecimal("1000000.00"), false, 0, Instant.EPOCH), 1, digest);
        COLUMNS.write(new Row("", new BigDecimal("0.00"), false, Long.MAX_VALUE, time), 1, digest);

        // When
        try (DuckTables duck = new DuckTables()) {
            String sum = duck.text("SELECT CAST(" + COLUMNS.measure() + " AS VARCHAR) FROM (VALUES"
                    + " ('Zürich|1', -0.50::DECIMAL(12,2), true, -7::BIGINT,"
                    + " make_timestamptz(epoch_us(TIMESTAMP '2026-03-08 09:59:59.000001'))),"
                    + " (NULL, 1000000, false, 0, make_timestamptz(0::BIGINT)),"
                    + " ('', 0, false, 9223372036854775807,"
                    + " make_timestamptz(epoch_us(TIMESTAMP '2026-03-08 09:59:59.000001'))))"
                    + " AS rows(t, m, f, n, seen)");

            // Then
            assertThat(sum).isEqualTo(digest.sum());
        }
    }

    @Test
    void shouldBeZeroWhenThereIsNoRow() throws SQLException {
        // Given
        try (DuckTables duck = new DuckTables()) {
            Expectation digest = ExpectedTable.of(
                            "silver.activity_events", new Columns<Row>().text("event_id", Row::text))
                    .expectations()
                    .get(1);

            // When
            String answer = duck.answer(digest);

            // Then
            assertThat(answer).isEqualTo(digest.expected()).isEqualTo("0");
        }
    }
}
