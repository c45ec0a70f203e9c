package dev.firn.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.config.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    @Test
    void shouldBeTakenWhenTheyAreSettings() {
        // Given
        List<String> settings = List.of(
                "-firn.sink.lanes=4",
                "--micronaut.server.port=0",
                "-firn.sink.tables[raw.x]=bronze.y",
                "-firn.kafka.properties.sasl.jaas.config=a\nb=c");

        // When / Then
        assertThat(Arguments.settings(settings)).containsExactlyElementsOf(settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--bogus", "-x", "bogus", "--bogus=secret", "-firn.sink.lanes"})
    void shouldBeRefusedWithoutTheirValuesWhenTheyAreNone(String argument) {
        assertThatThrownBy(() -> Arguments.settings(List.of(argument)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Unknown option: '" + argument.replace("secret", "..."))
                .hasMessageNotContaining("secret");
    }
}
