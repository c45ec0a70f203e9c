package dev.firn.generator.management;

import dev.firn.generator.Generator;
import dev.firn.generator.publish.State;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Liveness;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/** Alive until it has failed for good: then only another start helps. */
@Singleton
@Liveness
final class AliveHealth implements HealthIndicator {
    private final Generator generator;

    AliveHealth(Generator generator) {
        this.generator = generator;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        boolean failed = generator.progress().state() == State.FAILED;
        return Publishers.just(HealthResult.builder("worker", failed ? HealthStatus.DOWN : HealthStatus.UP)
                .build());
    }
}
