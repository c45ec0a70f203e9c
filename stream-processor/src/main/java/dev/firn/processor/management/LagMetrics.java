package dev.firn.processor.management;

import dev.firn.processor.run.Lag;
import dev.firn.processor.run.Progress;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;

/** The lag as a metric: not a number while it is not known. */
@Singleton
final class LagMetrics implements MeterBinder {
    private final BeanProvider<Progress> progress;

    LagMetrics(BeanProvider<Progress> progress) {
        this.progress = progress;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "firn.processor.lag",
                        progress,
                        p -> p.get()
                                .lag()
                                .map(Lag::total)
                                .map(Long::doubleValue)
                                .orElse(Double.NaN))
                .description("Records of the inputs that are not processed and committed")
                .register(registry);
    }
}
