package dev.firn.sink.config;

import dev.firn.config.UnknownKeys;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.core.naming.NameUtils;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Set;

/** The keys that the sink reads. */
final class KnownKeys {
    private KnownKeys() {}

    /** Refuses keys that nobody reads.
     *
     * @throws dev.firn.config.ConfigurationException names them
     */
    static void check(Environment environment) {
        Set<String> present = new HashSet<>();
        for (PropertySource source : environment.getPropertySources()) {
            source.forEach(present::add);
        }
        UnknownKeys.check(present, known());
    }

    static Set<String> known() {
        Set<String> known = new HashSet<>(Set.of(
                "firn.kafka.properties.",
                "firn.sink.catalog.",
                "firn.sink.tables.",
                // said to be empty
                "firn.kafka.properties",
                "firn.sink.catalog",
                "firn.sink.tables",
                // passed to the JVM by those who start it
                "firn.sink.java-opts",
                "firn.management.token",
                "firn.pii.",
                "firn.root",
                // the other services check theirs by themselves, where all share one environment
                "firn.generator.",
                "firn.processor."));
        addAll(known, "firn.kafka.", KafkaSettings.class);
        addAll(known, "firn.registry.", RegistrySettings.class);
        addAll(known, "firn.sink.", SinkSettings.class);
        return known;
    }

    private static void addAll(Set<String> known, String prefix, Class<? extends Record> settings) {
        for (RecordComponent component : settings.getRecordComponents()) {
            known.add(prefix + NameUtils.hyphenate(component.getName()));
        }
    }
}
