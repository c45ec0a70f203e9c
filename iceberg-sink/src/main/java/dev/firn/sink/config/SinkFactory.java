package dev.firn.sink.config;

import dev.firn.launch.KafkaSettings;
import dev.firn.launch.KnownKeys;
import dev.firn.launch.LineageSettings;
import dev.firn.launch.Passthrough;
import dev.firn.launch.RegistrySettings;
import dev.firn.launch.Service;
import dev.firn.registry.ConfluentRegistry;
import dev.firn.registry.SchemaRegistry;
import dev.firn.sink.SinkPlan;
import dev.firn.sink.commit.CommitListener;
import dev.firn.sink.consume.LaneSettings;
import dev.firn.sink.consume.SourceWatch;
import dev.firn.sink.consume.WindowLimits;
import dev.firn.sink.maintain.MaintainSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.TableIdentifier;

/** Builds the sink from the settings. */
@Factory
final class SinkFactory {
    private static final String MAINTAIN = "firn.sink.maintain.";

    static final KnownKeys KNOWN = KnownKeys.of(
            "sink",
            SinkSettings.class,
            Stream.concat(
                            Stream.concat(Stream.of("catalog"), Entries.ALL.stream())
                                    .map(key -> "firn.sink." + key)
                                    // the second where it is said to be empty
                                    .flatMap(key -> Stream.of(key + ".", key)),
                            Stream.concat(
                                    Stream.of(
                                                    "generators",
                                                    "processors",
                                                    "sinks",
                                                    "interval",
                                                    "sql-engine",
                                                    "sql-catalog",
                                                    "sql-time")
                                            .map(key -> "firn.sink.dashboard." + key),
                                    MaintainSettings.keys().stream().map(key -> MAINTAIN + key)))
                    .toArray(String[]::new));

    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Singleton
    SinkPlan plan(ApplicationContext context, SinkSettings settings, KafkaSettings kafka) {
        KNOWN.check(context);
        Environment environment = context.getEnvironment();
        return new SinkPlan(
                lanes(settings, kafka.clientProperties(environment)),
                new TopicRoutes(
                        Entries.of(environment), settings.naming(), settings.namespace(), settings.asTheyCame()),
                TableIdentifier.parse(settings.quarantine()),
                settings.catalogName(),
                CatalogProperties.of(environment),
                settings.openFiles(),
                settings.commitThreads(),
                ByteSize.parse("firn.sink.index-memory", settings.indexMemory()),
                Path.of(Objects.requireNonNullElse(
                        settings.indexDirectory(), System.getProperty("java.io.tmpdir", "."))),
                settings.orphanAge(),
                maintain(environment));
    }

    private static MaintainSettings maintain(Environment environment) {
        return MaintainSettings.DEFAULTS.with(
                MAINTAIN,
                Passthrough.below(
                        MAINTAIN,
                        environment,
                        variable -> variable.toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    private static LaneSettings lanes(SinkSettings settings, Map<String, String> clients) {
        WindowLimits limits = new WindowLimits(
                settings.windowInterval(),
                ByteSize.parse("firn.sink.window-bytes", settings.windowBytes()),
                settings.windowRecords(),
                ByteSize.parse("firn.sink.memory", settings.memory()));
        return new LaneSettings(
                settings.lanes(),
                settings.topicPattern(),
                settings.groupId(),
                "firn-sink-" + UUID.randomUUID(),
                clients,
                settings.start(),
                limits,
                settings.revocationTimeout(),
                settings.shutdownTimeout());
    }

    @Singleton
    SchemaRegistry registry(RegistrySettings settings) {
        return new ConfluentRegistry(settings.registry());
    }

    @Bean(preDestroy = "close")
    @Singleton
    SourceWatch watch(SinkPlan plan) {
        return new SourceWatch(plan.lanes(), plan.routes());
    }

    @Bean(preDestroy = "close")
    @Singleton
    TableLineage lineage(LineageSettings settings, MeterRegistry meters) {
        return new TableLineage(settings.open("iceberg-sink"), meters);
    }

    /** Begins with the process, and ends before it. */
    @Bean(preDestroy = "close")
    @Context
    @Requires(notEnv = Service.ONCE)
    RunningSink sink(
            SinkPlan plan,
            SchemaRegistry registry,
            CommitListener listener,
            TableLineage lineage,
            KafkaSettings kafka,
            Clock clock) {
        CommitListener both = listener.andThen(lineage.listener(kafka.bootstrapServers(), plan.catalogName()));
        RunningSink sink = new RunningSink(plan, registry, both, clock);
        sink.begin();
        return sink;
    }
}
