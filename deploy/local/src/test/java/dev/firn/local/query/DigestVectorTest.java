package dev.firn.local.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/**
 * The digest that the generator's truth and the verification must agree on: {@code md5_number_lower(text)} is the last
 * 8 of the 16 bytes of the MD5 of the text's UTF-8, read little endian as an unsigned number.
 */
class DigestVectorTest {
    private static final String TEXT = "firn";
    private static final BigInteger VECTOR = new BigInteger("1372563841354396569");

    @Test
    void shouldBeLastEightBytesLittleEndianWhenComputedInJava() throws NoSuchAlgorithmException {
        // Given
        byte[] md5 = MessageDigest.getInstance("MD5").digest(TEXT.getBytes(StandardCharsets.UTF_8));

        // When
        long lower = ByteBuffer.wrap(md5).order(ByteOrder.LITTLE_ENDIAN).getLong(8);

        // Then
        assertThat(new BigInteger(Long.toUnsignedString(lower))).isEqualTo(VECTOR);
    }

    @Test
    void shouldBeTheSameNumberWhenComputedByDuckDb() throws SQLException {
        // Given
        String sql = "SELECT CAST(md5_number_lower('" + TEXT + "') AS VARCHAR)";

        // When
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();

            // Then
            assertThat(rows.getString(1)).isEqualTo(VECTOR.toString());
        }
    }
}
