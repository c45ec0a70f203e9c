package dev.firn.sink.management.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.config.ConfigurationException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DashboardSettingsTest {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    @Test
    void shouldKnowWhereServicesAreWhenAddressesAreGiven() {
        // When
        var settings = new DashboardSettings(
                List.of("http://a:1/", " https://b:2 "), List.of(""), List.of("http://c:3"), INTERVAL);

        // Then
        assertThat(settings.places())
                .containsExactly(
                        new Probe.Place("generator", URI.create("http://a:1")),
                        new Probe.Place("generator", URI.create("https://b:2")),
                        new Probe.Place("sink", URI.create("http://c:3")));
    }

    @Test
    void shouldRefuseAnAddressByItsKeyAndWithoutItsSecretWhenItIsNone() {
        for (String wrong : List.of("localhost:8081", "file:///etc/passwd", "http://ada:s3cret@host:1", "http://a b")) {
            assertThatThrownBy(() -> new DashboardSettings(List.of(), List.of(wrong), List.of(), INTERVAL))
                    .as(wrong)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("firn.sink.dashboard.processors")
                    .hasMessageNotContaining("s3cret");
        }
    }

    @Test
    void shouldRefuseAnIntervalWhenItIsTooShort() {
        assertThatThrownBy(() -> new DashboardSettings(List.of(), List.of(), List.of(), Duration.ofMillis(1)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("firn.sink.dashboard.interval");
    }
}
