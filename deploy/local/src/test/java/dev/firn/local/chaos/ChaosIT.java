package dev.firn.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.local.display.Display;
import dev.firn.local.up.TestPlace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short one: each service is killed, one is frozen, and then whatever the seed has. */
class ChaosIT {
    @TempDir
    private Path folder;

    @Test
    void shouldLoseAndDoubleNothingWhenEachServiceIsKilledAndOneIsFrozen() throws Exception {
        // Given
        var said = new ArrayList<String>();
        var options = new ChaosOptions(11, Duration.ofSeconds(40), 1_000, List.of());

        // When
        var exit = new Chaos(TestPlace.in(folder), options, new Recorder(said)).run();

        // Then
        assertThat(exit).as(String.join("\n", said)).isZero();
        assertThat(said).anyMatch(line -> line.startsWith("reconciled:")).anyMatch(line -> line.contains("  kill  "));
    }

    private record Recorder(List<String> said) implements Display {
        @Override
        public void say(String line) {
            said.add(line);
        }

        @Override
        public void now(List<String> lines) {
            // nobody looks
        }
    }
}
