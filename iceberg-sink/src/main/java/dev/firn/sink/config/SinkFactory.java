package dev.firn.sink.config;

import dev.firn.registry.ConfluentRegistry;
import dev.firn.registry.SchemaRegistry;
import dev.firn.sink.SinkPlan;
import dev.firn.sink.commit.CommitListener;
import dev.firn.sink.consume.LaneSettings;
import dev.firn.sink.consume.SourceWatch;
import dev.firn.sink.consume.WindowLimits;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.catalog.TableIdentifier;

/** Builds the sink from the settings. */
@Factory
final class SinkFactory {
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Singleton
    SinkPlan plan(Environment environment, SinkSettings settings, KafkaSettings kafka) {
        KnownKeys.check(environment);
        Passthrough passthrough = new Passthrough(environment);
        return new SinkPlan(
                lanes(settings, kafka, passthrough),
                new TopicRoutes(passthrough.tables(), settings.naming(), settings.namespace(), settings.asTheyCame()),
                TableIdentifier.parse(settings.quarantine()),
                settings.catalogName(),
                passthrough.catalog(),
                settings.openFiles(),
                settings.commitThreads());
    }

    private static LaneSettings lanes(SinkSettings settings, KafkaSettings kafka, Passthrough passthrough) {
        Map<String, String> clients = new HashMap<>(passthrough.kafka());
        clients.put("bootstrap.servers", kafka.bootstrapServers());
        WindowLimits limits = new WindowLimits(
                settings.windowInterval(),
                ByteSize.parse("firn.sink.window-bytes", settings.windowBytes()),
                settings.windowRecords(),
                ByteSize.parse("firn.sink.memory", settings.memory()) / settings.lanes());
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
        return new SourceWatch(plan.lanes());
    }

    /** Begins with the process, and ends before it. */
    @Bean(preDestroy = "close")
    @Context
    RunningSink sink(SinkPlan plan, SchemaRegistry registry, CommitListener listener, Clock clock) {
        RunningSink sink = new RunningSink(plan, registry, listener, clock);
        sink.begin();
        return sink;
    }
}
