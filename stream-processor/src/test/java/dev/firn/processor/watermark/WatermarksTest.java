package dev.firn.processor.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.processor.Stored;
import java.nio.file.Path;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatermarksTest {
    @TempDir
    private Path dir;

    private KeyValueStore<byte[], byte[]> store;
    private Watermarks watermarks;

    @BeforeEach
    void open() {
        store = Stored.inMemory(dir, "watermarks");
        watermarks = new Watermarks(store, 2);
    }

    @Test
    void shouldWaitForAPartitionThatHasNotBegun() {
        // When
        watermarks.advance(0, 100);

        // Then
        assertThat(watermarks.least()).isEqualTo(Watermarks.NONE);
    }

    @Test
    void shouldBeAsFarAsTheLastOfThePartitions() {
        // When
        watermarks.advance(0, 100);
        watermarks.advance(1, 70);

        // Then
        assertThat(watermarks.least()).isEqualTo(70);
    }

    @Test
    void shouldNotGoBackWhenAnOlderTimeComes() {
        // Given
        watermarks.advance(0, 100);
        watermarks.advance(1, 100);

        // When
        boolean further = watermarks.advance(1, 101);
        boolean same = watermarks.advance(1, 101);
        boolean older = watermarks.advance(0, 99);

        // Then
        assertThat(further).isTrue();
        assertThat(same).isFalse();
        assertThat(older).isFalse();
        assertThat(watermarks.least()).isEqualTo(100);
    }

    @Test
    void shouldNotWaitForAPartitionThatRestsUntilItIsHeardAgain() {
        // Given
        watermarks.advance(0, 100);
        watermarks.advance(1, 70);

        // When
        watermarks.rest(1);
        long resting = watermarks.least();
        watermarks.advance(1, 60);

        // Then
        assertThat(resting).isEqualTo(100);
        assertThat(watermarks.least()).isEqualTo(70);
    }

    @Test
    void shouldBeNowhereWhenAllRest() {
        // Given
        watermarks.advance(0, 100);
        watermarks.advance(1, 70);

        // When
        watermarks.rest(0);
        watermarks.rest(1);

        // Then
        assertThat(watermarks.least()).isEqualTo(Watermarks.NONE);
    }

    @Test
    void shouldKnowTheSameWhenItIsOpenedAgain() {
        // Given
        watermarks.advance(0, 100);
        watermarks.advance(1, 70);
        watermarks.rest(1);
        watermarks.close(60);

        // When
        Watermarks again = new Watermarks(store, 2);

        // Then
        assertThat(again.least()).isEqualTo(100);
        assertThat(again.closedUntil()).isEqualTo(60);
        again.advance(1, 0);
        assertThat(again.least()).isEqualTo(70);
    }

    @Test
    void shouldHaveClosedNothingAtFirst() {
        assertThat(watermarks.closedUntil()).isEqualTo(Watermarks.NONE);
    }
}
