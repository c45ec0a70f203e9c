package dev.firn.local.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.local.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldKeepFirstOnesWhenNoneAreGivenLater() throws IOException {
        // Given
        var first = new Settings(Map.of("--seed", "11", "--late", "0.02"));
        first.remembered(file());

        // When
        var second = new Settings(Map.of()).remembered(file());

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void shouldRefuseInOneLineWhenSeedChanges() throws IOException {
        // Given
        new Settings(Map.of("--seed", "11")).remembered(file());

        // When / Then
        assertThatThrownBy(() -> new Settings(Map.of("--seed", "12")).remembered(file()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("--seed 11")
                .hasMessageContaining("--fresh");
    }

    @Test
    void shouldRefuseWhenDefaultHeldBefore() throws IOException {
        // Given
        new Settings(Map.of()).remembered(file());

        // When / Then
        assertThatThrownBy(() -> new Settings(Map.of("--late", "0.5")).remembered(file()))
                .hasMessageContaining("--late default");
    }

    private Path file() {
        return folder.resolve("settings.properties");
    }
}
