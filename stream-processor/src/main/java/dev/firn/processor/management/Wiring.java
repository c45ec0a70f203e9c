package dev.firn.processor.management;

import dev.firn.config.ConfigurationException;
import dev.firn.launch.KafkaSettings;
import dev.firn.launch.KnownKeys;
import dev.firn.launch.LineageSettings;
import dev.firn.launch.RegistrySettings;
import dev.firn.processor.config.ProcessorSettings;
import dev.firn.processor.count.Tally;
import dev.firn.processor.mask.PiiKey;
import dev.firn.processor.run.ContractTopics;
import dev.firn.processor.run.Engine;
import dev.firn.processor.run.EngineConfig;
import dev.firn.processor.run.Group;
import dev.firn.processor.run.Progress;
import dev.firn.registry.ConfluentRegistry;
import dev.firn.registry.SchemaRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;
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
    Progress progress(EngineConfig config, Engine engine, ContractTopics topics, Tally tally) {
        return new Progress(
                config,
                () -> Stream.concat(engine.groups().stream(), topics.groups().stream())
                        .toList(),
                tally,
                Clock.systemUTC());
    }

    @Singleton
    SchemaRegistry registry(RegistrySettings registry) {
        return new ConfluentRegistry(registry.registry());
    }

    @Singleton
    @Bean(preDestroy = "close")
    StreamsMeters streamsMeters(MeterRegistry meters) {
        return new StreamsMeters(meters);
    }

    @Singleton
    @Bean(preDestroy = "close")
    LineageOfRuns lineage(LineageSettings settings, KafkaSettings kafka, MeterRegistry meters) {
        return new LineageOfRuns(settings.open("stream-processor"), kafka.bootstrapServers(), meters);
    }

    private static BiConsumer<Group, KafkaStreams> told(StreamsMeters meters, LineageOfRuns lineage) {
        return (group, streams) -> {
            meters.bind(group.id(), streams);
            lineage.follow(group, streams);
        };
    }

    @Context
    @Bean(preDestroy = "close")
    Engine engine(
            EngineConfig config,
            SchemaRegistry registry,
            PiiKey key,
            Tally tally,
            StreamsMeters meters,
            LineageOfRuns lineage) {
        Engine engine = new Engine(config, registry, key, tally, told(meters, lineage));
        engine.start();
        return engine;
    }

    @Context
    @Bean(preDestroy = "close")
    ContractTopics contractTopics(
            EngineConfig config,
            SchemaRegistry registry,
            PiiKey key,
            Tally tally,
            StreamsMeters meters,
            LineageOfRuns lineage) {
        ContractTopics topics =
                new ContractTopics(config, new ContractTopics.Means(registry, key, tally), told(meters, lineage));
        topics.start();
        return topics;
    }
}
