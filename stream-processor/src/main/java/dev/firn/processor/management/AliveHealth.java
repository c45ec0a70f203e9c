package dev.firn.processor.management;

import dev.firn.processor.run.Engine;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Liveness;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/** Alive while the thread is that starts the topologies again whenever they end. */
@Singleton
@Liveness
final class AliveHealth implements HealthIndicator {
    private final Engine engine;

    AliveHealth(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return Publishers.just(HealthResult.builder("engine", engine.isAlive() ? HealthStatus.UP : HealthStatus.DOWN)
                .build());
    }
}
