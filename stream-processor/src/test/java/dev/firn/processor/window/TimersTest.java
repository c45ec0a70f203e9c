package dev.firn.processor.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.processor.Stored;
import dev.firn.processor.pack.Packer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimersTest {
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;

    @TempDir
    private Path dir;

    private final List<String> sounded = new ArrayList<>();

    private void sound(long at, byte[] id) {
        sounded.add(at + " " + new String(id, StandardCharsets.UTF_8));
    }

    private static byte[] id(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldSoundInOrderWhenTimeIsPast() {
        // Given
        Timers timers = new Timers(Stored.growing(dir, "timers"));
        timers.set(90 * SECOND, id("c"));
        timers.set(30 * SECOND, id("a"));
        timers.set(61 * SECOND, id("b"));

        // When
        timers.pass(30 * SECOND, this::sound);
        assertThat(sounded).as("not at the time, but after it").isEmpty();
        timers.pass(90 * SECOND + 1, this::sound);
        timers.pass(MINUTE * 5, this::sound);

        // Then
        assertThat(sounded).containsExactly(30 * SECOND + " a", 61 * SECOND + " b", 90 * SECOND + " c");
    }

    @Test
    void shouldSoundInTheSamePassWhenAnAlarmSetsOneThatIsDue() {
        // Given
        Timers timers = new Timers(Stored.growing(dir, "timers"));
        timers.set(SECOND, id("a"));

        // When
        timers.pass(3 * SECOND, (at, id) -> {
            sound(at, id);
            if (at == SECOND) {
                timers.set(2 * SECOND, id("b"));
            }
        });

        // Then
        assertThat(sounded).containsExactly(SECOND + " a", 2 * SECOND + " b");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldSoundAllAndKeepNoneThroughRestarts(long seed) {
        // Given
        System.out.println("seed=" + seed);
        Random random = new Random(seed);
        KeyValueStore<byte[], Packer> store = Stored.growing(dir, "timers");
        Timers timers = new Timers(store);
        Set<String> set = new HashSet<>();
        long time = -10 * MINUTE;

        // When
        for (int step = 0; step < 20_000; step++) {
            long at = time + random.nextInt((int) (5 * MINUTE));
            timers.set(at, id("s" + step));
            set.add(at + " s" + step);
            time += random.nextInt(500) == 0 ? 3 * MINUTE : random.nextInt((int) (SECOND / 10));
            long now = time;
            timers.pass(now, (due, id) -> {
                assertThat(due).isLessThan(now);
                sound(due, id);
            });
            if (random.nextInt(1000) == 0) {
                timers = new Timers(store);
            }
        }
        timers.pass(time + 10 * MINUTE, this::sound);

        // Then
        assertThat(sounded).hasSizeLessThan(2 * set.size());
        assertThat(new HashSet<>(sounded)).isEqualTo(set);
        assertThat(Stored.content(store)).isEmpty();
    }
}
