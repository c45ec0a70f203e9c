package dev.firn.generator.config;

import dev.firn.config.UnknownKeys;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.core.naming.NameUtils;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** The keys that the generator reads. */
public final class KnownKeys {
    private KnownKeys() {}

    /** Refuses keys that nobody reads.
     *
     * @throws dev.firn.config.ConfigurationException names them
     */
    public static void check(Environment environment) {
        Set<String> present = new HashSet<>();
        for (PropertySource source : environment.getPropertySources()) {
            source.forEach(present::add);
        }
        UnknownKeys.check(present, known());
    }

    static Set<String> known() {
        // the other services check theirs by themselves, where all share one environment
        Set<String> known = new HashSet<>(Set.of(
                "firn.kafka.bootstrap-servers",
                "firn.kafka.properties.",
                "firn.management.token",
                "firn.pii.",
                "firn.root",
                "firn.processor.",
                "firn.generator.java-opts",
                "firn.infra.",
                "firn.sink."));
        known.addAll(below("firn.generator.", GeneratorSettings.class));
        known.addAll(below("firn.registry.", RegistrySettings.class));
        return known;
    }

    private static Set<String> below(String prefix, Class<? extends Record> settings) {
        Set<String> keys = new HashSet<>();
        Stream<RecordComponent> components = Arrays.stream(settings.getRecordComponents());
        components.forEach(component -> keys.add(prefix + NameUtils.hyphenate(component.getName())));
        return keys;
    }
}
