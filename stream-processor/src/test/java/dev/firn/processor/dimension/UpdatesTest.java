package dev.firn.processor.dimension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.processor.pack.Packer;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class UpdatesTest {
    private final Updates updates = Updates.of(null);

    private static Bytes said(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private void put(long time, String text) {
        updates.put(time, said(text));
        updates.forget();
    }

    @Test
    void shouldMakeNoVersionWhenNothingChanges() {
        // When
        put(10, "a");
        put(20, "a");
        put(30, "b");

        // Then
        assertThat(updates.versions())
                .containsExactly(new Version(1, 10, 30, said("a")), new Version(2, 30, Version.OPEN, said("b")));
    }

    @Test
    void shouldSplitAVersionWhenAnOlderUpdateSaysOtherwise() {
        // Given
        put(10, "a");
        put(20, "a");
        put(30, "a");

        // When
        put(15, "b");

        // Then
        assertThat(updates.versions())
                .containsExactly(
                        new Version(1, 10, 15, said("a")),
                        new Version(2, 15, 20, said("b")),
                        new Version(3, 20, Version.OPEN, said("a")));
    }

    @Test
    void shouldTakeTheLastWordWhenTwoUpdatesAreOfOneTime() {
        // Given
        put(10, "a");
        put(20, "b");

        // When
        put(20, "a");

        // Then
        assertThat(updates.versions()).containsExactly(new Version(1, 10, Version.OPEN, said("a")));
    }

    @Test
    void shouldRememberWhereItWasWhenPacked() {
        // Given
        for (long time = 1; time <= Updates.MOST + 5; time++) {
            put(time, time % 3 == 0 ? "a" : "b");
        }

        // When
        Updates restored = Updates.of(updates.pack(new Packer()));

        // Then
        assertThat(restored.versions()).isEqualTo(updates.versions());
        assertThat(LongStream.rangeClosed(0, 10).filter(restored::canPlace))
                .containsExactlyElementsOf(LongStream.rangeClosed(0, 10)
                        .filter(updates::canPlace)
                        .boxed()
                        .toList());
    }

    @Test
    void shouldCountOnWhenOldVersionsAreForgotten() {
        // When
        for (long time = 1; time <= Updates.MOST + 2; time++) {
            put(time, "v" + time);
        }

        // Then
        assertThat(updates.versions()).hasSize(Updates.MOST).first().isEqualTo(new Version(3, 3, 4, said("v3")));
        assertThat(updates.canPlace(3)).isFalse();
        assertThat(updates.canPlace(4)).isTrue();
    }

    @Test
    void shouldKnowWhenAVersionBeganWhenMoreUpdatesThanAreKeptChangedNothing() {
        // When
        for (long time = 1; time <= 2 * Updates.MOST; time++) {
            put(time, "a");
        }
        put(1_000, "b");

        // Then
        assertThat(updates.versions())
                .containsExactly(new Version(1, 1, 1_000, said("a")), new Version(2, 1_000, Version.OPEN, said("b")));
        assertThat(updates.canPlace(2)).isFalse();
    }
}
