package dev.firn.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final List<Duration> rests = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private final InstantSource source = () -> now;
    private final Clock clock = source.withZone(ZoneOffset.UTC);

    private void work(Pace pace, int... millis) {
        for (int each : millis) {
            now = now.plusMillis(each);
            pace.step();
        }
    }

    private void rest(Duration time) {
        now = now.plus(time);
        rests.add(time);
    }

    @Test
    void shouldRestAsOftenAsAPieceIsDoneAndAsLongAsItsShareSays() {
        // Given
        Pace pace = new Pace(clock, 25, this::rest);

        // When
        work(pace, 4, 4, 4, 9, 1, 50);

        // Then
        assertThat(rests).containsExactly(Duration.ofMillis(36), Duration.ofMillis(30), Duration.ofMillis(150));
    }

    @Test
    void shouldNotRestWhenAllOfTheTimeIsItsShare() {
        // Given
        Pace pace = new Pace(clock, 100, this::rest);

        // When
        work(pace, 4, 40, 400);

        // Then
        assertThat(rests).allMatch(Duration::isZero);
    }
}
