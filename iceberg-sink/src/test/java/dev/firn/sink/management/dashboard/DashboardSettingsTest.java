package dev.firn.sink.management.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.config.ConfigurationException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DashboardSettingsTest {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    @Test
    void shouldKnowWhereServicesAreWhenAddressesAreGiven() {
        // When
        var settings =
                settings(List.of("http://a:1/", " https://b:2 "), List.of(""), List.of("http://c:3"), INTERVAL, null);

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
            assertThatThrownBy(() -> settings(List.of(), List.of(wrong), List.of(), INTERVAL, null))
                    .as(wrong)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("firn.sink.dashboard.processors")
                    .hasMessageNotContaining("s3cret");
        }
    }

    @Test
    void shouldRefuseAnIntervalWhenItIsTooShort() {
        assertThatThrownBy(() -> settings(List.of(), List.of(), List.of(), Duration.ofMillis(1), null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("firn.sink.dashboard.interval");
    }

    @Test
    void shouldKnowAnEngineOnlyWhenOneIsNamed() {
        assertThat(engine("http://trino:8080")).contains(URI.create("http://trino:8080"));
        assertThat(engine("")).isEmpty();
        assertThat(engine(null)).isEmpty();
        assertThatThrownBy(() -> engine("trino:8080")).hasMessageContaining("firn.sink.dashboard.sql-engine");
    }

    private static Optional<URI> engine(@Nullable String address) {
        return settings(List.of(), List.of(), List.of(), INTERVAL, address).engine();
    }

    private static DashboardSettings settings(
            List<String> generators,
            List<String> processors,
            List<String> sinks,
            Duration interval,
            @Nullable String engine) {
        return new DashboardSettings(generators, processors, sinks, interval, engine, "firn", Duration.ofSeconds(30));
    }
}
