package dev.firn.processor.management;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;

/** Kafka Streams' own metrics, of the applications that run. Safe for several threads. */
final class StreamsMeters implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(10);

    private record Application(KafkaStreams streams, KafkaMeters meters) {
        void look() {
            meters.follow(streams.metrics());
        }
    }

    private final MeterRegistry meters;
    private final Map<String, Application> bound = new HashMap<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "kafka-meters");
        thread.setDaemon(true);
        return thread;
    });

    // it looks until it is closed
    @SuppressWarnings("FutureReturnValueIgnored")
    StreamsMeters(MeterRegistry meters) {
        this.meters = meters;
        looks.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Follows an application; what was followed under its name before is forgotten. */
    synchronized void bind(String application, KafkaStreams streams) {
        Application now = new Application(streams, new KafkaMeters(meters));
        Application before = bound.put(application, now);
        if (before != null) {
            before.meters.close();
        }
        now.look();
    }

    private synchronized void look() {
        bound.values().forEach(Application::look);
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
