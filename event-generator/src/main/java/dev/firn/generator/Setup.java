package dev.firn.generator;

import dev.firn.generator.publish.Shape;
import dev.firn.generator.publish.Topics;
import dev.firn.generator.sequence.Knobs;
import dev.firn.registry.RegistryConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a generator needs to know.
 *
 * @param events of the main sequence, 0 for no end
 * @param grace how long the processor's windows wait for events
 * @param truthFile where to leave the truth whenever nothing is on its way
 * @param kafka properties for every client
 */
public record Setup(
        Knobs knobs,
        long events,
        Shape shape,
        Duration grace,
        Topics topics,
        @Nullable Path truthFile,
        Map<String, String> kafka,
        RegistryConfig registry) {}
