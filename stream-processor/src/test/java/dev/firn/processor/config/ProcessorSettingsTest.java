package dev.firn.processor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.config.ConfigurationException;
import dev.firn.processor.run.ContractSettings;
import dev.firn.processor.run.EngineConfig;
import dev.firn.processor.topology.Settings;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.exceptions.BeanContextException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorSettingsTest {
    private static final Settings.Partitions PARTITIONS = new Settings.Partitions(3, 2);

    /** Nobody listens there, so the processor only tries, and gives up soon. */
    private static final Map<String, Object> NOWHERE = Map.of(
            "firn.kafka.bootstrap-servers", "127.0.0.1:1",
            "firn.kafka.properties.default.api.timeout.ms", "500",
            "firn.kafka.properties.request.timeout.ms", "400",
            "firn.registry.url", "http://127.0.0.1:1",
            "firn.pii.key", "test");

    @Test
    void shouldHaveDefaultsWhenNothingIsSet() {
        // Given
        try (ApplicationContext context = context(Map.of())) {
            // When
            EngineConfig config = context.getBean(EngineConfig.class);

            // Then
            assertThat(config.applicationId()).isEqualTo("firn-processor");
            assertThat(config.clients())
                    .isEqualTo(Map.of(
                            "bootstrap.servers", "127.0.0.1:1",
                            "default.api.timeout.ms", "500",
                            "request.timeout.ms", "400"));
            assertThat(config.stateDir()).isEqualTo(Path.of("data/processor"));
            assertThat(config.instanceId()).isNull();
            assertThat(config.threads()).isEqualTo(2);
            assertThat(config.commitInterval()).isEqualTo(Duration.ofMillis(500));
            assertThat(config.cacheBytes()).isEqualTo(64L << 20);
            assertThat(config.rocksDbBytes()).isEqualTo(256L << 20);
            assertThat(config.partitions()).isEqualTo(4);
            assertThat(config.replication()).as("the broker's default").isEqualTo(-1);
            assertThat(config.settings().apply(PARTITIONS)).isEqualTo(Settings.defaults(PARTITIONS));
            assertThat(config.futureMobility()).isTrue();
            assertThat(config.contracts())
                    .usingRecursiveComparison()
                    .withEqualsForType((one, other) -> one.pattern().equals(other.pattern()), Pattern.class)
                    .isEqualTo(
                            contracts("raw\\..*", 5, 1, 8, 2, 5, 7, Duration.ofSeconds(10), Duration.ofMillis(200), 1));
        }
    }

    @Test
    void shouldTakeEveryKeyWhenSet() {
        // Given
        Map<String, Object> keys = new HashMap<>();
        keys.put("firn.processor.application-id", "mine");
        keys.put("firn.processor.instance-id", "one");
        keys.put("firn.processor.state-dir", "target/state-of-settings");
        keys.put("firn.processor.threads", "3");
        keys.put("firn.processor.commit-interval", "250ms");
        keys.put("firn.processor.cache", "5MB");
        keys.put("firn.processor.rocksdb-memory", "6MB");
        keys.put("firn.processor.partitions", "7");
        keys.put("firn.processor.replication", "2");
        keys.put("firn.processor.grace", "1m");
        keys.put("firn.processor.max-ahead", "2d");
        keys.put("firn.processor.dedup-filter", "8MB");
        keys.put("firn.processor.session-gap", "20m");
        keys.put("firn.processor.idle-timeout", "30s");
        keys.put("firn.processor.reference-wait", "4s");
        keys.put("firn.processor.reference-retry", "100ms");
        keys.put("firn.processor.emit-interval", "3s");
        keys.put("firn.processor.sales-retention", "30d");
        keys.put("firn.processor.stuck-after", "90s");
        keys.put("firn.processor.topics", "in\\..*");
        keys.put("firn.processor.topic-interval", "9s");
        keys.put("firn.processor.topic-threads", "3");
        keys.put("firn.processor.topic-cache", "1MB");
        keys.put("firn.processor.topic-dedup-filter", "3MB");
        keys.put("firn.processor.future-mobility", "false");
        keys.put("firn.kafka.properties.security.protocol", "PLAINTEXT");

        // When
        try (ApplicationContext context = context(keys)) {
            EngineConfig config = context.getBean(EngineConfig.class);

            // Then
            assertThat(config.applicationId()).isEqualTo("mine");
            assertThat(config.clients()).containsEntry("security.protocol", "PLAINTEXT");
            assertThat(config.stateDir()).isEqualTo(Path.of("target/state-of-settings"));
            assertThat(config.instanceId()).isEqualTo("one");
            assertThat(config.threads()).isEqualTo(3);
            assertThat(config.commitInterval()).isEqualTo(Duration.ofMillis(250));
            assertThat(config.cacheBytes()).isEqualTo(5L << 20);
            assertThat(config.rocksDbBytes()).isEqualTo(6L << 20);
            assertThat(config.partitions()).isEqualTo(7);
            assertThat(config.replication()).isEqualTo(2);
            assertThat(config.settings().apply(PARTITIONS))
                    .isEqualTo(new Settings(
                            PARTITIONS,
                            Duration.ofMinutes(1),
                            Duration.ofDays(2),
                            8L << 20,
                            Duration.ofMinutes(20),
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(4),
                            Duration.ofMillis(100),
                            Duration.ofSeconds(3),
                            Duration.ofDays(30),
                            4_000_000));
            assertThat(config.futureMobility()).isFalse();
            assertThat(config.contracts())
                    .usingRecursiveComparison()
                    .withEqualsForType((one, other) -> one.pattern().equals(other.pattern()), Pattern.class)
                    .isEqualTo(
                            contracts("in\\..*", 9, 3, 1, 3, 1, 2, Duration.ofSeconds(4), Duration.ofMillis(100), 3));
            assertThat(context.getBean(ProcessorSettings.class).stuckAfter()).isEqualTo(Duration.ofSeconds(90));
        }
    }

    private static ContractSettings contracts(
            String topics,
            int seconds,
            int threads,
            int megabytes,
            int filterMegabytes,
            int graceMinutes,
            int aheadDays,
            Duration patience,
            Duration retry,
            int emitSeconds) {
        return new ContractSettings(
                Pattern.compile(topics),
                Duration.ofSeconds(seconds),
                threads,
                (long) megabytes << 20,
                (long) filterMegabytes << 20,
                Duration.ofMinutes(graceMinutes),
                Duration.ofDays(aheadDays),
                patience,
                retry,
                Duration.ofSeconds(emitSeconds),
                4_000_000);
    }

    @ParameterizedTest
    @CsvSource({
        "application-id, ' '",
        "state-dir, ' '",
        "threads, 0",
        "threads, many",
        "grace, soon",
        "max-ahead, -1d",
        "cache, big",
        "commit-interval, 0s",
        "cache, -1",
        "rocksdb-memory, 0",
        "partitions, 0",
        "replication, -1",
        "replication, 40000",
        "grace, -1s",
        "topics, '['",
        "topic-interval, 0s",
        "topic-threads, 0",
        "topic-cache, -1",
        "topic-dedup-filter, 0",
        "dedup-filter, 0",
        "dedup-filter, 5GB",
        "session-gap, 0s",
        "idle-timeout, 0s",
        "reference-wait, 0s",
        "reference-retry, 0s",
        "emit-interval, 0s",
        "sales-retention, 23h",
        "stuck-after, 0s"
    })
    void shouldNameTheKeyWhenItsValueIsRefused(String key, String value) {
        // Given
        Map<String, Object> keys = Map.of("firn.processor." + key, value);

        // When, then
        assertThatThrownBy(() -> context(keys).close())
                .isInstanceOf(BeanContextException.class)
                .rootCause()
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("firn.processor." + key);
    }

    @Test
    void shouldNameTheKeyWhenItIsMissing() {
        // Given
        Map<String, Object> keys = Map.of("firn.pii.key", "");

        // When, then
        assertThatThrownBy(() -> context(keys).close())
                .isInstanceOf(BeanContextException.class)
                .rootCause()
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("firn.pii.key");
    }

    @Test
    void shouldNameTheKeyWhenItIsUnknown() {
        // Given
        Map<String, Object> keys = Map.of("firn.processor.trheads", "7");

        // When, then
        assertThatThrownBy(() -> context(keys).close())
                .isInstanceOf(BeanContextException.class)
                .rootCause()
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("firn.processor.trheads")
                .hasMessageContaining("firn.processor.threads");
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
