package dev.firn.sink.management;

import dev.firn.sink.config.RunningSink;
import dev.firn.sink.config.SinkSettings;
import dev.firn.sink.consume.LaneStatus;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.reactivestreams.Publisher;

/** Whether what comes in goes on into tables. Down names each table that is stuck, and why. */
@Singleton
@Readiness
final class Progressing implements HealthIndicator {
    private final RunningSink running;
    private final SinkSettings settings;
    private final SinkMeters meters;
    private final Clock clock;

    Progressing(RunningSink running, SinkSettings settings, SinkMeters meters, Clock clock) {
        this.running = running;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        Map<String, String> stuck = new TreeMap<>();
        if (running.sink().isEmpty()) {
            stuck.put("catalog", "can't be opened yet");
        }
        running.sink().ifPresent(sink -> sink.lanes().forEach(lane -> addStuck(lane, stuck)));
        return Publishers.just(HealthResult.builder("progress", stuck.isEmpty() ? HealthStatus.UP : HealthStatus.DOWN)
                .details(stuck)
                .build());
    }

    private void addStuck(LaneStatus lane, Map<String, String> stuck) {
        Instant limit = clock.instant().minus(settings.stuckAfter());
        if (lane.at().isBefore(limit)) {
            stuck.put("lane", "silent since " + lane.at());
        }
        for (LaneStatus.OfSource source : lane.sources()) {
            source.why()
                    .ifPresent(why -> stuck.merge(
                            source.table().toString(),
                            source.state() + ": " + source.source() + ": " + why,
                            (one, other) -> one + "; " + other));
        }
        for (LaneStatus.OfTable table : lane.tables()) {
            boolean waits = table.inFlight() > 0 || table.openRecords() > 0;
            List<Instant> since = table.openedAt().map(List::of).orElse(List.of());
            if (waits
                    && since.stream().anyMatch(limit::isAfter)
                    && meters.of(table.table()).lastHeld().isBefore(limit)) {
                stuck.put(table.table().toString(), "nothing committed for " + settings.stuckAfter());
            }
        }
    }
}
