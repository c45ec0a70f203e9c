package dev.firn.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalSortTest {
    private final long seed = Long.getLong("sort.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 10_000, Long.MAX_VALUE})
    void shouldGiveAllValuesInTheOrderOfTheirKeysAndLeaveNoFileBehind(long memory) throws IOException {
        // Given
        List<byte[]> added = new ArrayList<>();
        List<byte[]> sorted = new ArrayList<>();
        try (ExternalSort sort = new ExternalSort(new Scratch(directory), memory)) {
            for (int i = 0; i < 1_000; i++) {
                byte[] key = new byte[2];
                random.nextBytes(key);
                byte[] value = Arrays.copyOf(key, 2 + random.nextInt(100));
                added.add(value);
                sort.add(key, ByteBuffer.wrap(value));
            }

            // When
            sort.values().forEachRemaining(sorted::add);

            // Then
            assertThat(directory).isEmptyDirectory();
            assertThat(sort.count()).isEqualTo(added.size());
        }
        added.sort((one, other) -> Arrays.compareUnsigned(one, 0, 2, other, 0, 2));
        assertThat(sorted.stream().map(ExternalSortTest::key).toList())
                .as("seed %d", seed)
                .isEqualTo(added.stream().map(ExternalSortTest::key).toList());
        assertThat(sorted).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(added);
    }

    private static int key(byte[] value) {
        return ByteBuffer.wrap(value).getShort();
    }
}
