package dev.firn.generator.management;

import dev.firn.generator.Generator;
import dev.firn.generator.publish.Progress;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.reactivestreams.Publisher;

/** Ready while it does what it is asked to: not while it waits for Kafka or the registry, nor after it has failed. */
@Singleton
@Readiness
final class ProgressHealth implements HealthIndicator {
    private static final Duration STUCK = Duration.ofSeconds(30);

    private final Generator generator;
    private final Clock clock;
    private long acknowledged = -1;
    private Instant moved = Instant.EPOCH;

    ProgressHealth(Generator generator) {
        this.generator = generator;
        this.clock = Clock.systemUTC();
    }

    @Override
    public Publisher<HealthResult> getResult() {
        Progress progress = generator.progress();
        boolean up = switch (progress.state()) {
            case PAUSED, DONE -> true;
            case RUNNING -> moving(progress);
            case RESUMING, STOPPED, FAILED -> false;
        };
        return Publishers.just(HealthResult.builder("generator", up ? HealthStatus.UP : HealthStatus.DOWN)
                .details(StatusController.described(progress))
                .build());
    }

    private synchronized boolean moving(Progress progress) {
        Instant now = clock.instant();
        if (progress.acknowledged() != acknowledged || progress.sent() == progress.acknowledged()) {
            acknowledged = progress.acknowledged();
            moved = now;
        }
        return Duration.between(moved, now).compareTo(STUCK) < 0;
    }
}
