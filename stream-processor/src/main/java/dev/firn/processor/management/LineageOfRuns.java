package dev.firn.processor.management;

import dev.firn.lineage.Lineage;
import dev.firn.processor.lineage.TopologyLineage;
import dev.firn.processor.run.Group;
import dev.firn.processor.topology.Topics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lineage of this process, told from a thread of its own, with its meters; nothing where it is switched off. */
final class LineageOfRuns implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LineageOfRuns.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    private final Optional<Telling> telling;

    private record Telling(Lineage lineage, TopologyLineage runs, ScheduledExecutorService thread) {}

    /** Begins, if there is somebody to tell. */
    LineageOfRuns(Optional<Lineage> lineage, String bootstrapServers, MeterRegistry meters) {
        this.telling = lineage.map(told -> begin(told, bootstrapServers));
        lineage.ifPresent(told -> {
            FunctionCounter.builder("firn.lineage.sent", told, Lineage::sent).register(meters);
            FunctionCounter.builder("firn.lineage.dropped", told, Lineage::dropped)
                    .register(meters);
        });
    }

    // it looks until it is closed
    @SuppressWarnings("FutureReturnValueIgnored")
    private static Telling begin(Lineage lineage, String bootstrapServers) {
        TopologyLineage runs = new TopologyLineage(
                lineage::tell, bootstrapServers, Topics.INTERNAL::contains, BETWEEN, Clock.systemUTC());
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "lineage-looks");
            made.setDaemon(true);
            return made;
        });
        thread.scheduleWithFixedDelay(() -> look(runs), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        return new Telling(lineage, runs, thread);
    }

    private static void look(TopologyLineage runs) {
        try {
            runs.look();
        } catch (RuntimeException e) {
            // the top of the thread; there is a next look
            LOG.info("lineage not told cause=\"{}\"", e.toString());
        }
    }

    void follow(Group group, KafkaStreams streams) {
        telling.ifPresent(it -> it.runs().follow(group, streams::state));
    }

    @Override
    public void close() {
        telling.ifPresent(it -> {
            it.thread().shutdownNow();
            it.runs().end();
            it.lineage().close();
        });
    }
}
