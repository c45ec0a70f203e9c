package dev.firn.sink.management;

import dev.firn.sink.config.RunningSink;
import dev.firn.sink.config.SinkSettings;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.reactivestreams.Publisher;

/** Whether what comes in goes on into tables. Down names each table that is stuck, and why. */
@Singleton
@Readiness
final class Progressing implements HealthIndicator {
    private final RunningSink running;
    private final SinkSettings settings;
    private final Clock clock;

    Progressing(RunningSink running, SinkSettings settings, Clock clock) {
        this.running = running;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        Map<String, String> stuck = new TreeMap<>();
        if (running.sink().isEmpty()) {
            String what = running.hasCatalog() ? "sink" : "catalog";
            stuck.put(what, running.hasCatalog() ? "can't be started yet" : "can't be opened yet");
        }
        Instant limit = clock.instant().minus(settings.stuckAfter());
        running.sink().ifPresent(sink -> stuck.putAll(Stuck.of(sink.lanes(), limit)));
        return Publishers.just(HealthResult.builder("progress", stuck.isEmpty() ? HealthStatus.UP : HealthStatus.DOWN)
                .details(stuck)
                .build());
    }
}
