package dev.firn.processor.management;

import dev.firn.processor.run.ContractTopics;
import dev.firn.processor.run.Engine;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Liveness;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/** Alive while the threads are that start the topologies again whenever they end. */
@Singleton
@Liveness
final class AliveHealth implements HealthIndicator {
    private final Engine engine;
    private final ContractTopics topics;

    AliveHealth(Engine engine, ContractTopics topics) {
        this.engine = engine;
        this.topics = topics;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return Publishers.just(HealthResult.builder(
                        "engine", engine.isAlive() && topics.isAlive() ? HealthStatus.UP : HealthStatus.DOWN)
                .build());
    }
}
