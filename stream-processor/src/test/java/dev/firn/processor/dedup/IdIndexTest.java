package dev.firn.processor.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdIndexTest {
    private static final long SEED = 7;

    /** Few different hashes, so that runs of collisions are long, and wrap around. */
    @Test
    void shouldDoAsAMapDoesWhateverIsAddedAndRemoved() {
        // Given
        System.out.println("seed=" + SEED);
        Random random = new Random(SEED);
        IdIndex index = new IdIndex();
        Map<Long, Long> expected = new HashMap<>();

        // When
        for (int step = 0; step < 200_000; step++) {
            long id = random.nextInt(3_000);
            if (random.nextInt(5) < 3) {
                long at = random.nextInt(100);
                index.put(id, low(id), at);
                expected.put(id, at);
            } else {
                long at = random.nextBoolean() ? expected.getOrDefault(id, 0L) : random.nextInt(100);
                index.remove(id, low(id), at);
                expected.remove(id, at);
            }
        }

        // Then
        assertThat(index.size()).isEqualTo(expected.size());
        for (long id = 0; id < 3_000; id++) {
            assertThat(index.get(id, low(id))).isEqualTo(expected.getOrDefault(id, IdIndex.ABSENT));
        }
    }

    private static long low(long id) {
        return id % 700 - 20;
    }
}
