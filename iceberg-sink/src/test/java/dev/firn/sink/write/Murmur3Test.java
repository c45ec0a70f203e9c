package dev.firn.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.iceberg.util.BucketUtil;
import org.junit.jupiter.api.Test;

class Murmur3Test {
    @Test
    void shouldHashAsIcebergDoes() {
        for (long seed : Seeds.some(300)) {
            // Given
            Random random = new Random(seed);
            byte[] bytes = new byte[40];
            random.nextBytes(bytes);
            int from = random.nextInt(20);
            int length = random.nextInt(20);

            // When
            int ofBytes = Murmur3.hash(bytes, from, length);
            int ofLong = Murmur3.hash(seed);

            // Then
            assertThat(ofBytes).as("seed %d", seed).isEqualTo(BucketUtil.hash(ByteBuffer.wrap(bytes, from, length)));
            assertThat(ofLong).as("seed %d", seed).isEqualTo(BucketUtil.hash(seed));
        }
    }
}
