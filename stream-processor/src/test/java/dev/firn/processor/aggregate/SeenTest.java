package dev.firn.processor.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.processor.Stored;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeenTest {
    @TempDir
    private Path dir;

    private KeyValueStore<byte[], byte[]> store;
    private Seen seen;

    @BeforeEach
    void start() {
        store = Stored.inMemory(dir, "seen");
        seen = new Seen(store);
        seen.advance(100);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldTellInWhichPlacesAThingIsNew() {
        // When
        BitSet first = seen.firsts(bytes("o"), List.of(bytes("a"), bytes("b")), 7);
        BitSet second = seen.firsts(bytes("o"), List.of(bytes("b"), bytes("c")), 7);

        // Then
        assertThat(first).hasToString("{0, 1}");
        assertThat(second).hasToString("{1}");
    }

    @Test
    void shouldRememberForTheDaysSinceItWasLastSeenAlsoAfterARestart() {
        // Given
        seen.isFirst(bytes("o"), 7);
        seen.advance(105);
        boolean within = seen.isFirst(bytes("o"), 7);

        // When
        seen = new Seen(store);
        seen.advance(112);
        boolean still = seen.isFirst(bytes("o"), 7);
        seen.advance(120);

        // Then
        assertThat(within).isFalse();
        assertThat(still).isFalse();
        assertThat(seen.isFirst(bytes("o"), 7)).isTrue();
    }

    @Test
    void shouldCountDaysByTheNewestDateWhenADateIsOld() {
        // Given
        seen.advance(3);
        seen.isFirst(bytes("o"), 7);

        // When
        seen.advance(107);

        // Then
        assertThat(seen.isFirst(bytes("o"), 7)).isFalse();
    }

    @Test
    void shouldHoldNoMoreThanItRemembers() {
        // When
        for (int day = 100; day < 400; day++) {
            seen.advance(day);
            seen.isFirst(bytes("o" + day), 7);
        }
        seen.isFirst(bytes("ever"), Seen.FOR_EVER);

        // Then
        // eight days with two entries each, one for ever, and the newest date
        assertThat(Stored.content(store)).hasSize(18);
    }
}
