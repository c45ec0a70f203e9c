package dev.firn.generator.management;

import dev.firn.generator.Generator;
import dev.firn.generator.config.GeneratorSettings;
import dev.firn.generator.publish.Controls;
import dev.firn.launch.KafkaSettings;
import dev.firn.launch.KnownKeys;
import dev.firn.launch.RegistrySettings;
import dev.firn.launch.Service;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;

/** The generator as the service's one worker. */
@Factory
final class Wiring {
    private static final KnownKeys KNOWN = KnownKeys.of("generator", GeneratorSettings.class);

    @Context
    @Requires(notEnv = Service.ONCE)
    @Bean(preDestroy = "close")
    Generator generator(
            ApplicationContext context, GeneratorSettings settings, KafkaSettings kafka, RegistrySettings registry) {
        KNOWN.check(context);
        Generator generator = new Generator(
                settings.setup(kafka.clientProperties(context.getEnvironment()), registry.registry()),
                new Controls(settings.rate()));
        generator.start();
        return generator;
    }
}
