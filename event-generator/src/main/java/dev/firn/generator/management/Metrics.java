package dev.firn.generator.management;

import dev.firn.generator.Generator;
import dev.firn.generator.publish.Progress;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** What Prometheus gets to see. */
@Singleton
@Requires(beans = Generator.class)
final class Metrics implements MeterBinder {
    private final Generator generator;

    Metrics(Generator generator) {
        this.generator = generator;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder(
                        "firn.generator.events.sent",
                        generator,
                        g -> g.progress().sent())
                .description("Events of the main sequence handed to Kafka")
                .register(registry);
        FunctionCounter.builder(
                        "firn.generator.events.acknowledged",
                        generator,
                        g -> g.progress().acknowledged())
                .description("Events of the main sequence that Kafka holds")
                .register(registry);
        Gauge.builder("firn.generator.rate", generator, g -> g.progress().rate())
                .description("Events per second wanted, 0 for as fast as can be")
                .register(registry);
        Gauge.builder("firn.generator.simulated.time", generator, g -> simulated(g.progress()))
                .description("Simulated time of the last event")
                .baseUnit("seconds")
                .register(registry);
    }

    private static double simulated(Progress progress) {
        return progress.simulatedTime() == null ? 0 : progress.simulatedTime().getEpochSecond();
    }
}
