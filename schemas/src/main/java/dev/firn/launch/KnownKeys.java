package dev.firn.launch;

import dev.firn.access.AccessSettings;
import dev.firn.config.ConfigurationException;
import dev.firn.config.UnknownKeys;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.core.naming.NameUtils;
import io.micronaut.core.type.Argument;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The keys that a service reads, and those that it leaves to others, where all share one environment. */
public final class KnownKeys {
    private static final List<String> ROLES = List.of("generator", "processor", "sink", "infra");
    private static final String LOG_FORMAT = "firn.log.format";
    private static final List<String> LOG_FORMATS = List.of("text", "json");
    private static final List<String> SHARED = List.of(
            "firn.kafka.properties.",
            // said to be empty
            "firn.kafka.properties",
            LOG_FORMAT,
            "firn.pii.",
            // where the checkout is, for those who start services from it
            "firn.root");

    private final Map<String, Class<? extends Record>> records;
    private final Set<String> keys;

    private KnownKeys(Map<String, Class<? extends Record>> records, Set<String> others) {
        this.records = records;
        Set<String> all = new TreeSet<>(others);
        records.forEach((prefix, settings) -> {
            for (RecordComponent component : settings.getRecordComponents()) {
                all.add(key(prefix, component.getName()));
            }
        });
        this.keys = Collections.unmodifiableSet(all);
    }

    /**
     * The keys of a service.
     *
     * @param role what its keys begin with after {@code firn.}: {@code sink}
     * @param settings the record that its keys are bound to
     * @param more keys, or prefixes that end in a dot, which it reads by itself
     */
    public static KnownKeys of(String role, Class<? extends Record> settings, String... more) {
        Set<String> keys = new TreeSet<>(SHARED);
        keys.addAll(List.of(more));
        ROLES.stream().filter(other -> !other.equals(role)).forEach(other -> keys.add("firn." + other + "."));
        // passed to the JVM by those who start it
        keys.add("firn." + role + ".java-opts");
        return new KnownKeys(
                Map.of(
                        "firn." + role + ".",
                        settings,
                        "firn.kafka.",
                        KafkaSettings.class,
                        "firn.registry.",
                        RegistrySettings.class,
                        "firn.management.",
                        AccessSettings.class,
                        "firn.lineage.",
                        LineageSettings.class),
                keys);
    }

    /** Keys, and prefixes that end in a dot. */
    public Set<String> keys() {
        return keys;
    }

    /**
     * Refuses keys that nobody reads, and values that can't be read.
     *
     * @throws ConfigurationException names them
     */
    public void check(ApplicationContext context) {
        Environment environment = context.getEnvironment();
        Set<String> present = new HashSet<>();
        for (PropertySource source : environment.getPropertySources()) {
            source.forEach(present::add);
        }
        UnknownKeys.check(present, keys);
        checkLogFormat(environment.getProperty(LOG_FORMAT, String.class).orElse("text"), System.getenv());
        records.forEach((prefix, settings) -> {
            for (Argument<?> argument :
                    context.getBeanDefinition(settings).getConstructor().getArguments()) {
                checkValue(environment, key(prefix, argument.getName()), argument);
            }
        });
    }

    /** Logging begins before there is any configuration but the environment's. */
    static void checkLogFormat(String format, Map<String, String> variables) {
        if (!LOG_FORMATS.contains(format)) {
            throw new ConfigurationException(LOG_FORMAT + ": '" + format + "' is not one of " + LOG_FORMATS);
        }
        if (!format.equals(variables.getOrDefault("FIRN_LOG_FORMAT", "text"))) {
            throw new ConfigurationException(LOG_FORMAT + ": set it in the environment, as FIRN_LOG_FORMAT=" + format);
        }
    }

    /** The framework takes the default instead of a value that it can't convert. */
    private static void checkValue(Environment environment, String key, Argument<?> argument) {
        if (environment.containsProperty(key)
                && environment.getProperty(key, ConversionContext.of(argument)).isEmpty()) {
            String value = environment.getProperty(key, String.class).orElse("");
            if (!value.isEmpty()) {
                throw new ConfigurationException("%s: '%s' is no %s"
                        .formatted(
                                key, value, argument.getType().getSimpleName().toLowerCase(Locale.ROOT)));
            }
        }
    }

    private static String key(String prefix, String component) {
        return prefix + NameUtils.hyphenate(component);
    }
}
