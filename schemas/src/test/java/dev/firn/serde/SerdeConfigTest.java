package dev.firn.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.config.Secret;
import dev.firn.registry.BasicAuth;
import dev.firn.registry.KeyStoreFile;
import dev.firn.registry.RegistryConfig;
import dev.firn.registry.Retries;
import dev.firn.registry.Tls;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerdeConfigTest {
    @Test
    void shouldTakeTheUsualWhenOnlyTheUrlIsGiven() {
        // When
        SerdeConfig config = new SerdeConfig(Map.of("schema.registry.url", "http://h:1", "group.id", "g"));

        // Then
        assertThat(config.registry()).isEqualTo(RegistryConfig.of("http://h:1"));
        assertThat(config.autoRegister()).isTrue();
        assertThat(config.specific()).isFalse();
        assertThat(config.subjectName(false)).isEqualTo(SubjectNames.TOPIC);
    }

    @Test
    void shouldTakeEverythingThatIsGiven() {
        // Given
        Map<String, Object> properties = Map.ofEntries(
                Map.entry("schema.registry.url", "https://a:1/x,https://b:2"),
                Map.entry("basic.auth.credentials.source", "USER_INFO"),
                Map.entry("basic.auth.user.info", new Password("ada:a:b")),
                Map.entry("schema.registry.ssl.truststore.location", "/t.p12"),
                Map.entry("schema.registry.ssl.truststore.password", "tp"),
                Map.entry("schema.registry.ssl.keystore.location", "/k.p12"),
                Map.entry("schema.registry.ssl.keystore.password", "kp"),
                Map.entry("schema.registry.http.connect.timeout.ms", "10"),
                Map.entry("schema.registry.http.read.timeout.ms", 20),
                Map.entry("schema.registry.max.retries", 0),
                Map.entry("schema.registry.retries.wait.ms", "30"),
                Map.entry("schema.registry.retries.max.wait.ms", "40"),
                Map.entry("schema.registry.cache.size", "50"),
                Map.entry("auto.register.schemas", "false"),
                Map.entry("specific.avro.reader", "true"),
                Map.entry("key.subject.name.strategy", "record"));

        // When
        SerdeConfig config = new SerdeConfig(properties);

        // Then
        assertThat(config.registry())
                .isEqualTo(new RegistryConfig(
                        List.of(URI.create("https://a:1/x"), URI.create("https://b:2")),
                        new BasicAuth("ada", new Secret("a:b")),
                        new Tls(
                                new KeyStoreFile(Path.of("/t.p12"), new Secret("tp")),
                                new KeyStoreFile(Path.of("/k.p12"), new Secret("kp"))),
                        Duration.ofMillis(10),
                        Duration.ofMillis(20),
                        new Retries(1, Duration.ofMillis(30), Duration.ofMillis(40)),
                        50,
                        Duration.ofSeconds(10)));
        assertThat(config.autoRegister()).isFalse();
        assertThat(config.specific()).isTrue();
        assertThat(config.subjectName(true)).isEqualTo(SubjectNames.RECORD);
        assertThat(config.registry().toString()).doesNotContain("a:b", "tp,", "kp,");
    }

    @ParameterizedTest
    @CsvSource({
        "auto.register.schemas, maybe",
        "specific.avro.reader, 1",
        "schema.registry.cache.size, many",
        "schema.registry.cache.size, 0",
        "schema.registry.http.read.timeout.ms, 0",
        "value.subject.name.strategy, topics",
        "basic.auth.user.info, ada",
        "basic.auth.credentials.source, URL",
        "schema.registry.url, nowhere"
    })
    void shouldNameTheKeyWhenAValueCanNotBeUsed(String key, String value) {
        // Given
        Map<String, String> properties = key.equals("schema.registry.url")
                ? Map.of(key, value)
                : Map.of(key, value, "schema.registry.url", "http://h");

        // When, Then
        assertThatThrownBy(() -> readAll(new SerdeConfig(properties)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key.startsWith("schema.registry.") ? "schema.registry" : key);
    }

    @Test
    void shouldNameTheKeyWhenTheUrlIsMissing() {
        // When, Then
        assertThatThrownBy(() -> new SerdeConfig(Map.of()).registry()).hasMessage("schema.registry.url is missing");
    }

    private static void readAll(SerdeConfig config) {
        config.autoRegister();
        config.specific();
        config.subjectName(false);
        config.registry();
    }
}
