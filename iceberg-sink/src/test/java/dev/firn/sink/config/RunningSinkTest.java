package dev.firn.sink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firn.sink.SinkPlan;
import dev.firn.sink.commit.CommitListener;
import dev.firn.sink.consume.LaneSettings;
import dev.firn.sink.consume.Routes;
import dev.firn.sink.consume.StartAt;
import dev.firn.sink.consume.Target;
import dev.firn.sink.consume.WindowLimits;
import dev.firn.sink.maintain.MaintainSettings;
import dev.firn.sink.table.TableKind;
import dev.firn.sink.write.SchemasById;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.junit.jupiter.api.Test;

class RunningSinkTest {
    private static final AtomicInteger OPENED = new AtomicInteger();
    private static final AtomicInteger CLOSED = new AtomicInteger();

    @Test
    void shouldOpenOneCatalogWhenTheSinkCanNotBeStartedAtFirst() {
        // Given
        AtomicInteger starts = new AtomicInteger();
        RunningSink running = new RunningSink(
                plan(() -> {
                    starts.incrementAndGet();
                    throw new IllegalStateException("not yet");
                }),
                new SchemasById(),
                CommitListener.NONE,
                Clock.systemUTC());

        // When
        running.begin();
        await().atMost(Duration.ofSeconds(30)).until(() -> starts.get() > 2);

        // Then
        assertThat(running.hasCatalog()).isTrue();
        assertThat(running.sink()).isEmpty();
        running.close();
        assertThat(OPENED).hasValue(1);
        assertThat(CLOSED).hasValue(1);
    }

    private static SinkPlan plan(Runnable others) {
        LaneSettings lanes = new LaneSettings(
                1,
                Pattern.compile("none"),
                "group",
                "client",
                Map.of("bootstrap.servers", "127.0.0.1:1"),
                StartAt.EARLIEST,
                new WindowLimits(Duration.ofSeconds(5), 1, 1, 1),
                Duration.ZERO,
                Duration.ZERO);
        Routes routes = new Routes() {
            @Override
            public Target target(String topic) {
                return new Target(TableIdentifier.parse(topic), TableKind.PLAIN);
            }

            @Override
            public List<Target> others() {
                others.run();
                return List.of();
            }
        };
        return new SinkPlan(
                lanes,
                routes,
                TableIdentifier.of("ops", "quarantine"),
                "test",
                Map.of("catalog-impl", Counted.class.getName()),
                1,
                1,
                1,
                Path.of("target"),
                Duration.ofDays(3),
                MaintainSettings.DEFAULTS);
    }

    /** Counts itself. */
    public static final class Counted extends InMemoryCatalog {
        @Override
        public void initialize(String name, Map<String, String> properties) {
            super.initialize(name, properties);
            OPENED.incrementAndGet();
        }

        @Override
        public void close() {
            CLOSED.incrementAndGet();
        }
    }
}
