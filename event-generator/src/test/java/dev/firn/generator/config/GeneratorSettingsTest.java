package dev.firn.generator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.config.ConfigurationException;
import dev.firn.generator.Setup;
import dev.firn.generator.disturb.Shares;
import dev.firn.generator.publish.Shape;
import dev.firn.generator.publish.Topics;
import dev.firn.generator.sequence.Knobs;
import dev.firn.generator.sequence.Mix;
import dev.firn.launch.KafkaSettings;
import dev.firn.launch.RegistrySettings;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.exceptions.BeanContextException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratorSettingsTest {
    /** Nobody listens there, so the generator only tries, and gives up soon. */
    private static final Map<String, Object> NOWHERE = Map.of(
            "firn.kafka.bootstrap-servers", "127.0.0.1:1",
            "firn.kafka.properties.default.api.timeout.ms", "500",
            "firn.kafka.properties.request.timeout.ms", "400",
            "firn.registry.url", "http://127.0.0.1:1");

    @Test
    void shouldHaveDefaultsWhenNothingIsSet() {
        // Given
        try (ApplicationContext context = context(Map.of())) {
            // When
            Setup setup = setup(context);

            // Then
            assertThat(setup.knobs())
                    .isEqualTo(new Knobs(
                            7,
                            Instant.parse("2026-01-01T00:00:00Z"),
                            Duration.ofMillis(30),
                            1_000,
                            120,
                            0.8,
                            new Shares(0.01, 0.005, 0.02, 0.005, 0.002)));
            assertThat(setup.events()).isZero();
            assertThat(setup.shape()).isEqualTo(Shape.STEADY);
            assertThat(setup.grace()).isEqualTo(Duration.ofMinutes(5));
            assertThat(setup.topics()).isEqualTo(new Topics(4, 0, Duration.ofDays(7)));
            assertThat(setup.truthFile()).isNull();
            assertThat(setup.kafka())
                    .containsEntry("bootstrap.servers", "127.0.0.1:1")
                    .containsEntry("request.timeout.ms", "400");
        }
    }

    @Test
    void shouldTakeEveryKeyWhenSet() {
        // Given
        Map<String, Object> keys = new HashMap<>();
        keys.put("firn.generator.seed", "11");
        keys.put("firn.generator.start", "2025-06-01T12:00:00Z");
        keys.put("firn.generator.speed-up", "120");
        keys.put("firn.generator.nominal-rate", "1000");
        keys.put("firn.generator.customers", "5");
        keys.put("firn.generator.products", "6");
        keys.put("firn.generator.skew", "1.1");
        keys.put("firn.generator.late", "0.1");
        keys.put("firn.generator.duplicates", "0.2");
        keys.put("firn.generator.out-of-order", "0.3");
        keys.put("firn.generator.broken", "0.4");
        keys.put("firn.generator.undecodable", "0.5");
        keys.put("firn.generator.mix", "reviews=3, transactions=0");
        keys.put("firn.generator.rate", "17.5");
        keys.put("firn.generator.events", "99");
        keys.put("firn.generator.shape", "bursts");
        keys.put("firn.generator.grace", "2m");
        keys.put("firn.generator.partitions", "3");
        keys.put("firn.generator.replication", "2");
        keys.put("firn.generator.retention", "1d");
        keys.put("firn.generator.truth-file", "target/truth-of-settings.json");

        // When
        try (ApplicationContext context = context(keys)) {
            Setup setup = setup(context);

            // Then
            assertThat(setup.knobs())
                    .isEqualTo(new Knobs(
                            11,
                            Instant.parse("2025-06-01T12:00:00Z"),
                            Duration.ofMillis(120),
                            5,
                            6,
                            1.1,
                            new Shares(0.1, 0.2, 0.3, 0.4, 0.5),
                            Mix.parse("reviews=3,transactions=0")));
            assertThat(setup.events()).isEqualTo(99);
            assertThat(setup.shape()).isEqualTo(Shape.BURSTS);
            assertThat(setup.grace()).isEqualTo(Duration.ofMinutes(2));
            assertThat(setup.topics()).isEqualTo(new Topics(3, 2, Duration.ofDays(1)));
            assertThat(setup.truthFile()).isEqualTo(Path.of("target/truth-of-settings.json"));
            assertThat(context.getBean(GeneratorSettings.class).rate()).isEqualTo(17.5);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "late, 1.5",
        "undecodable, -0.1",
        "rate, -1",
        "events, -1",
        "customers, 0",
        "products, 0",
        "skew, -1",
        "speed-up, 0",
        "speed-up, 1e9",
        "partitions, 0",
        "retention, 0s",
        "shape, sawtooth",
        "mix, weather=3",
        "mix, reviews",
        "mix, reviews=-1",
        "start, yesterday"
    })
    void shouldNameTheKeyWhenItsValueIsRefused(String key, String value) {
        // Given
        Map<String, Object> keys = Map.of("firn.generator." + key, value);

        // When, then
        assertThatThrownBy(() -> context(keys).close())
                .isInstanceOf(BeanContextException.class)
                .rootCause()
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("firn.generator." + key);
    }

    @Test
    void shouldNameTheKeyWhenItIsUnknown() {
        // Given
        Map<String, Object> keys = Map.of("firn.generator.sede", "7");

        // When, then
        assertThatThrownBy(() -> context(keys).close())
                .isInstanceOf(BeanContextException.class)
                .rootCause()
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("firn.generator.sede")
                .hasMessageContaining("firn.generator.seed");
    }

    private static Setup setup(ApplicationContext context) {
        return context.getBean(GeneratorSettings.class)
                .setup(
                        context.getBean(KafkaSettings.class).clientProperties(context.getEnvironment()),
                        context.getBean(RegistrySettings.class).registry());
    }

    private static ApplicationContext context(Map<String, Object> keys) {
        Map<String, Object> all = new HashMap<>(NOWHERE);
        all.putAll(keys);
        return ApplicationContext.builder()
                .properties(all)
                .deduceEnvironment(false)
                .environmentPropertySource(false)
                .banner(false)
                .start();
    }
}
