package dev.firn.processor.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

final class ClientMetersTest {
    @Test
    void shouldKeepMetersOfApplicationsThreadsAndClientsWhenKafkaHasFinerOnes() {
        // Given
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        meters.config().meterFilter(new ClientMeters());

        // When
        meters.counter("kafka.stream.client.state", "application.id", "firn");
        meters.counter("kafka.stream.thread.commit.latency.max", "thread.id", "1");
        meters.counter("kafka.consumer.fetch.manager.records.lag.max", "client.id", "a");
        meters.counter("kafka.stream.task.process.rate", "thread.id", "1", "task.id", "0_0");
        meters.counter("kafka.stream.state.put.rate", "task.id", "0_0", "rocksdb.state.id", "s");
        meters.counter("kafka.consumer.fetch.manager.records.lag", "client.id", "a", "topic", "t", "partition", "0");
        meters.counter("kafka.producer.node.request.rate", "client.id", "a", "node.id", "1");
        meters.counter("firn.processor.checked", "topic", "t");

        // Then
        assertThat(meters.getMeters())
                .extracting(Meter::getId)
                .extracting(Meter.Id::getName)
                .containsExactlyInAnyOrder(
                        "kafka.stream.client.state",
                        "kafka.stream.thread.commit.latency.max",
                        "kafka.consumer.fetch.manager.records.lag.max",
                        "firn.processor.checked");
    }
}
