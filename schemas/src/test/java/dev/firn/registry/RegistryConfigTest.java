package dev.firn.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.config.ConfigurationException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryConfigTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "localhost:8080", "ftp://h", "http://", "not a url s3cr3t", "http://ada:s3cr3t@h:1"})
    void shouldRefuseUrlWithoutShowingSecretsWhenItCanNotBeUsed(String url) {
        // When, Then
        assertThatThrownBy(() -> RegistryConfig.of(url))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("URL")
                .hasMessageNotContaining("s3cr3t")
                .hasNoCause();
    }

    @Test
    void shouldRefuseTimeoutWhenItIsNotPositive() {
        // Given
        RegistryConfig config = RegistryConfig.of("http://h:1");

        // When, Then
        assertThatThrownBy(() -> config.withTimeouts(Duration.ofSeconds(1), Duration.ZERO))
                .hasMessage("the registry's request timeout must be above 0, not PT0S");
    }

    @Test
    void shouldDoubleThePauseUpToTheMaximum() {
        // Given
        Retries retries = new Retries(9, Duration.ofMillis(100), Duration.ofMillis(350));
        Random random = new Random(7);

        for (int attempt = 1; attempt < 9; attempt++) {
            // When
            Duration pause = retries.pauseAfter(attempt, random);

            // Then
            long bound = Math.min(350, 100L << (attempt - 1));
            assertThat(pause).isBetween(Duration.ZERO, Duration.ofMillis(bound));
        }
    }
}
