package dev.firn.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firn.embedded.FreePort;
import dev.firn.sink.write.BenchRecords;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A small heap, and more open files than it has room for: a quarter of what is promised for 1 GiB. The whole is run with
 * {@code -Dsink.memory.tables=20}.
 */
class MemoryIT {
    private static final int TABLES = Integer.getInteger("sink.memory.tables", 5);
    private static final int HEAP_MB = TABLES * 1024 / 20;
    private static final int PARTITIONS = 10;
    private static final int DATES = 60;
    private static final int RECORDS = Integer.getInteger("sink.memory.records", 3) * PARTITIONS * DATES;

    private final TestSink test = new TestSink();

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void shouldCommitEverythingWhenManyTablesHaveManyLateDates() throws IOException, InterruptedException {
        // Given
        List<String> topics = IntStream.range(0, TABLES)
                .mapToObj(i -> test.topic("late" + i, PARTITIONS))
                .toList();
        for (String topic : topics) {
            int id = test.registry.register(topic + "-value", BenchRecords.byDay());
            test.produce(
                    topic,
                    () -> BenchRecords.framedByDay(id, DATES).limit(RECORDS).iterator());
        }
        Map<String, String> environment = ServiceIT.environment(test, FreePort.any());
        environment.put("FIRN_SINK_AS_THEY_CAME", "none");
        environment.put("FIRN_SINK_WINDOW_INTERVAL", "5s");
        environment.put("FIRN_SINK_MEMORY", HEAP_MB / 4 + "MB");

        // When
        Process sink = ServiceIT.start(
                environment, List.of("-Xmx" + HEAP_MB + "m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));

        // Then
        try {
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        assertThat(sink.isAlive()).isTrue();
                        return topics.stream().allMatch(topic -> test.count(TableIdentifier.parse(topic)) == RECORDS);
                    });
        } finally {
            sink.destroy();
            sink.waitFor();
        }
    }
}
