package dev.firn.processor.management;

import dev.firn.processor.config.ProcessorSettings;
import dev.firn.processor.run.Lag;
import dev.firn.processor.run.Progress;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.reactivestreams.Publisher;

/** Ready while it runs and, if there is anything to do, commits. */
@Singleton
@Readiness
final class ProgressHealth implements HealthIndicator {
    private static final Set<String> WORKING = Set.of("RUNNING", "REBALANCING");

    private final Status status;
    private final Progress progress;
    private final Duration stuckAfter;

    ProgressHealth(Status status, Progress progress, ProcessorSettings settings) {
        this.status = status;
        this.progress = progress;
        this.stuckAfter = settings.stuckAfter();
    }

    @Override
    public Publisher<HealthResult> getResult() {
        String state = status.state();
        Optional<Lag> lag = progress.lag();
        Duration stuck = progress.stuckFor();
        boolean up = WORKING.contains(state) && lag.isPresent() && stuck.compareTo(stuckAfter) < 0;
        return Publishers.just(HealthResult.builder("processor", up ? HealthStatus.UP : HealthStatus.DOWN)
                .details(Map.of(
                        "state", state,
                        "lag", lag.map(Lag::total).orElse(-1L),
                        "seconds_without_progress", stuck.toSeconds()))
                .build());
    }
}
