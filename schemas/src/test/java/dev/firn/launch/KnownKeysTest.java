package dev.firn.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.config.ConfigurationException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.ReadableBytes;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownKeysTest {
    private static final KnownKeys KEYS = KnownKeys.of("sink", Settings.class, "firn.sink.catalog.");

    @ConfigurationProperties("firn.sink")
    record Settings(
            @Bindable(defaultValue = "2") int lanes,
            @Bindable(defaultValue = "5s") Duration windowInterval,
            @ReadableBytes @Bindable(defaultValue = "64MB") long memory) {}

    @Test
    void shouldTakeWhatIsKnownWhenItCanBeRead() {
        check(Map.of(
                "firn.sink.lanes", "4",
                "firn.sink.window-interval", "500ms",
                "firn.sink.memory", "1GB",
                "firn.sink.catalog.uri", "http://catalog",
                "firn.kafka.properties.security.protocol", "SSL",
                "firn.registry.url", "http://registry",
                "firn.processor.threads", "of no concern here"));
    }

    @Test
    void shouldNameTheKeyWhenNobodyReadsIt() {
        assertThatThrownBy(() -> check(Map.of("firn.sink.lnes", "4")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("firn.sink.lnes")
                .hasMessageContaining("firn.sink.lanes");
    }

    @Test
    void shouldNameKeyAndValueWhenItCannotBeRead() {
        requireRefused("firn.sink.lanes", "four");
        requireRefused("firn.sink.window-interval", "soon");
        requireRefused("firn.sink.memory", "lots");
    }

    @Test
    void shouldSpellClientPropertiesWhenTheyComeFromTheEnvironment() {
        try (ApplicationContext context = context(Map.of("FIRN_KAFKA_PROPERTIES_SASL_JAAS_CONFIG", "x"))) {
            Map<String, String> properties =
                    context.getBean(KafkaSettings.class).clientProperties(context.getEnvironment());
            assertThat(properties)
                    .containsOnly(Map.entry("sasl.jaas.config", "x"), Map.entry("bootstrap.servers", "localhost:9092"));
        }
    }

    private static void requireRefused(String key, String value) {
        assertThatThrownBy(() -> check(Map.of(key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(value);
    }

    private static void check(Map<String, Object> properties) {
        try (ApplicationContext context = context(properties)) {
            KEYS.check(context);
        }
    }

    private static ApplicationContext context(Map<String, Object> properties) {
        return ApplicationContext.builder()
                .properties(properties)
                .environmentPropertySource(false)
                .banner(false)
                .start();
    }
}
