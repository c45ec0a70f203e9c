package dev.firn.sink.management;

import dev.firn.sink.Sink;
import dev.firn.sink.config.RunningSink;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Liveness;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/** Whether the lanes run. If not, only a restart helps. */
@Singleton
@Liveness
final class LanesAlive implements HealthIndicator {
    private final RunningSink running;

    LanesAlive(RunningSink running) {
        this.running = running;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        boolean alive = running.sink().map(Sink::isAlive).orElse(true);
        return Publishers.just(HealthResult.builder("lanes", alive ? HealthStatus.UP : HealthStatus.DOWN)
                .build());
    }
}
