package dev.firn.sink.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.config.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumerSettingsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"group.id", "group.instance.id", "isolation.level", "enable.auto.commit", "auto.offset.reset"})
    void shouldNameTheKeyWhenItIsNotTheUsersToSet(String key) {
        assertThatThrownBy(() -> settings(Map.of(key, "x")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("firn.kafka.properties." + key);
        assertThat(ConsumerSettings.of(settings(Map.of("fetch.min.bytes", "7")), "lane-1"))
                .containsEntry("fetch.min.bytes", "7")
                .containsKey(key.equals("group.instance.id") ? "group.id" : key);
    }

    private static LaneSettings settings(Map<String, String> kafka) {
        return new LaneSettings(
                1,
                Pattern.compile("any"),
                "group",
                "client",
                kafka,
                StartAt.EARLIEST,
                new WindowLimits(Duration.ofSeconds(5), 1, 1, 1 << 20),
                Duration.ZERO,
                Duration.ZERO);
    }
}
