package dev.firn.processor.management;

import dev.firn.config.ConfigurationException;
import dev.firn.launch.KafkaSettings;
import dev.firn.launch.KnownKeys;
import dev.firn.launch.RegistrySettings;
import dev.firn.processor.config.ProcessorSettings;
import dev.firn.processor.count.Tally;
import dev.firn.processor.mask.PiiKey;
import dev.firn.processor.run.Engine;
import dev.firn.processor.run.EngineConfig;
import dev.firn.processor.run.Progress;
import dev.firn.registry.ConfluentRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The topologies as the service's one worker. */
@Factory
final class Wiring {
    private static final KnownKeys KNOWN = KnownKeys.of("processor", ProcessorSettings.class);

    @Context
    EngineConfig engineConfig(ApplicationContext context, ProcessorSettings settings, KafkaSettings kafka) {
        KNOWN.check(context);
        return settings.engine(kafka.clientProperties(context.getEnvironment()));
    }

    @Singleton
    PiiKey piiKey(@Nullable @Property(name = "firn.pii.key") String key) {
        if (key == null || key.isBlank()) {
            throw new ConfigurationException(
                    "firn.pii.key: must be set, as contracts ask for hashes (environment variable FIRN_PII_KEY)");
        }
        return new PiiKey(key);
    }

    @Singleton
    Tally tally(MeterRegistry meters) {
        return new Tally(meters);
    }

    @Singleton
    @Bean(preDestroy = "close")
    Progress progress(EngineConfig config, Tally tally) {
        return new Progress(config, tally, Clock.systemUTC());
    }

    @Context
    @Bean(preDestroy = "close")
    Engine engine(EngineConfig config, RegistrySettings registry, PiiKey key, Tally tally, MeterRegistry meters) {
        StreamsMeters streamsMeters = new StreamsMeters(meters);
        Engine engine = new Engine(config, new ConfluentRegistry(registry.registry()), key, tally, streamsMeters::bind);
        engine.start();
        return engine;
    }
}
