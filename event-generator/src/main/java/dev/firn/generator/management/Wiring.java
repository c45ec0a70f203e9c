package dev.firn.generator.management;

import dev.firn.generator.Generator;
import dev.firn.generator.config.GeneratorSettings;
import dev.firn.generator.config.KafkaSettings;
import dev.firn.generator.config.KnownKeys;
import dev.firn.generator.config.RegistrySettings;
import dev.firn.generator.publish.Controls;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;

/** The generator as the service's one worker. */
@Factory
final class Wiring {
    @Context
    @Bean(preDestroy = "close")
    Generator generator(
            Environment environment, GeneratorSettings settings, KafkaSettings kafka, RegistrySettings registry) {
        KnownKeys.check(environment);
        Generator generator = new Generator(settings.setup(kafka, registry), new Controls(settings.rate()));
        generator.start();
        return generator;
    }
}
