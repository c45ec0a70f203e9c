package dev.firn.processor.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

final class KafkaMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final KafkaMeters meters = new KafkaMeters(registry);

    @Test
    void shouldShowMetricsOfApplicationsThreadsAndClientsWhenKafkaHasFinerOnes() {
        // Given
        Map<MetricName, Metric> metrics = metrics(
                metric("stream-metrics", "client-state", 2, "application-id"),
                metric("stream-thread-metrics", "commit-total", 7, "thread-id"),
                metric("app-info", "version", "4", "client-id"),
                metric("stream-task-metrics", "process-rate", 1, "thread-id", "task-id"),
                metric("consumer-fetch-manager-metrics", "records-lag", 1, "client-id", "topic", "partition"),
                metric("producer-node-metrics", "request-rate", 1, "client-id", "node-id"));

        // When
        meters.follow(metrics);

        // Then
        assertThat(names()).containsExactlyInAnyOrder("kafka.stream.client.state", "kafka.stream.thread.commit.total");
        assertThat(registry.get("kafka.stream.client.state")
                        .tag("application.id", "x")
                        .gauge()
                        .value())
                .isEqualTo(2);
        assertThat(registry.get("kafka.stream.thread.commit.total")
                        .functionCounter()
                        .count())
                .isEqualTo(7);
    }

    @Test
    void shouldForgetAMeterWhenItsMetricIsGone() {
        // Given
        meters.follow(metrics(metric("stream-metrics", "client-state", 2, "client-id")));

        // When
        meters.follow(metrics(metric("stream-metrics", "alive-stream-threads", 1, "client-id")));

        // Then
        assertThat(names()).containsExactly("kafka.stream.alive.stream.threads");
    }

    private List<String> names() {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .map(Meter.Id::getName)
                .toList();
    }

    private static Map<MetricName, Metric> metrics(Metric... metrics) {
        return Stream.of(metrics).collect(Collectors.toMap(Metric::metricName, Function.identity()));
    }

    private static Metric metric(String group, String name, Object value, String... tags) {
        MetricName metricName = new MetricName(
                name, group, "", Stream.of(tags).collect(Collectors.toMap(Function.identity(), tag -> "x")));
        return new Metric() {
            @Override
            public MetricName metricName() {
                return metricName;
            }

            @Override
            public Object metricValue() {
                return value;
            }
        };
    }
}
