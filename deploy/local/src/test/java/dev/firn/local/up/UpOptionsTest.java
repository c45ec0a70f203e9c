package dev.firn.local.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class UpOptionsTest {
    @Test
    void shouldAskGeneratorForWhatWasGivenWhenOptionsAreMadeItsEnvironment() {
        // Given
        var settings = new Settings(Map.of("--seed", "3", "--broken", "0.01"));
        var options = new UpOptions(settings, 2000, Optional.of(50L), Optional.empty(), false, false);

        // When
        var environment = options.generator(settings, "truth");

        // Then
        assertThat(environment)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "FIRN_GENERATOR_RATE", "2000",
                        "FIRN_GENERATOR_EVENTS", "50",
                        "FIRN_GENERATOR_SEED", "3",
                        "FIRN_GENERATOR_BROKEN", "0.005",
                        "FIRN_GENERATOR_UNDECODABLE", "0.005",
                        "FIRN_GENERATOR_TRUTH_FILE", "truth"));
    }

    @Test
    void shouldReadTimesAndSharesWhenTheyAreWellFormed() {
        assertThat(new Span().convert("90s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(new Span().convert("2h")).isEqualTo(Duration.ofHours(2));
        assertThat(new Share.Converter().convert("0.020")).hasToString("0.02");
    }

    @Test
    void shouldRefuseWhenTimeOrShareIsNotOne() {
        assertThatThrownBy(() -> new Span().convert("60")).isInstanceOf(TypeConversionException.class);
        assertThatThrownBy(() -> new Share.Converter().convert("1.5")).isInstanceOf(TypeConversionException.class);
        assertThatThrownBy(() -> new Share.Converter().convert("NaN")).isInstanceOf(TypeConversionException.class);
    }
}
