package dev.firn.sink.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTableTest {
    @TempDir
    Path directory;

    @ParameterizedTest(name = "memory={0}")
    @ValueSource(longs = {0, 10_000, 1 << 20})
    void shouldHoldWhatAMapWouldWhereverItIs(long memory) {
        // Given: hashes that meet in few slots
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Map<KeyHash, KeyTable.Entry> model = new HashMap<>();
        KeyTable table = new KeyTable(new KeySpace(memory, directory));

        // When
        for (int i = 0; i < 20_000; i++) {
            KeyHash key = new KeyHash(random.nextInt(40), random.nextInt(40) * 7L);
            if (random.nextInt(3) == 0) {
                table.remove(key);
                model.remove(key);
            } else {
                int file = random.nextInt(4) == 0 ? KeyTable.DELETED : 1 + random.nextInt(9);
                table.put(key, i, file, i);
                model.put(key, new KeyTable.Entry(i, file, i));
            }
        }

        // Then
        Map<KeyHash, KeyTable.Entry> held = new HashMap<>();
        table.forEach((key, entry) -> assertThat(held.put(key, entry)).isNull());
        assertThat(held).as("seed %d", seed).isEqualTo(model);
        assertThat(table.size()).isEqualTo(model.size());
        model.forEach((key, entry) -> assertThat(table.get(key)).isEqualTo(entry));
    }

    @Test
    void shouldLeaveNoNamedFileWhenKeysAreOnDisk() throws IOException {
        // Given
        KeyTable table = new KeyTable(new KeySpace(0, directory));

        // When
        for (int i = 0; i < 1_000; i++) {
            table.put(new KeyHash(i, i), i, 1, i);
        }

        // Then
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
        assertThat(table.get(new KeyHash(999, 999))).isEqualTo(new KeyTable.Entry(999, 1, 999));
    }

    @Test
    void shouldUseMemoryAgainWhenATableIsClosed() {
        // Given
        KeySpace space = new KeySpace(64 * 32, directory);
        new KeyTable(space).close();

        // When
        KeySpace.Room room = space.room(1, 64 * 32);

        // Then
        assertThat(room.onHeap()).isEqualTo(64 * 32);
    }

    @Test
    void shouldHashAValueTheSameWhenItsColumnWasPromoted() {
        // When
        KeyHash number = hash(7);
        KeyHash fraction = hash(1.5f);

        // Then
        assertThat(number).isEqualTo(hash(7L)).isNotEqualTo(hash("7"));
        assertThat(fraction).isEqualTo(hash(1.5d));
        assertThat(hash(new BigDecimal("1.50"))).isNotEqualTo(hash(new BigDecimal("1.51")));
        assertThat(hash("a", "bc")).isNotEqualTo(hash("ab", "c"));
    }

    private static KeyHash hash(Object... values) {
        KeyDigest digest = new KeyDigest();
        for (Object value : values) {
            digest.add(value);
        }
        return digest.hash();
    }
}
