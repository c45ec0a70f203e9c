package dev.firn.launch;

import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.core.order.OrderUtil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Properties that are handed on as they are: to Kafka's clients, or to a catalog.
 *
 * <p>From files and system properties a key is what follows the prefix. An environment variable can't spell dots and
 * dashes: in it {@code _} is a dot and {@code __} is a dash, as in {@code FIRN_SINK_CATALOG_IO__IMPL}.
 */
public final class Passthrough {
    private Passthrough() {}

    /** All properties below the prefix, which ends in a dot. They may hold secrets. */
    public static Map<String, String> below(String prefix, Environment environment) {
        return below(prefix, environment, Passthrough::byConvention);
    }

    /**
     * All properties below the prefix, which ends in a dot. They may hold secrets.
     *
     * @param fromVariable the key, from what follows the prefix in the name of an environment variable
     */
    public static Map<String, String> below(
            String prefix, Environment environment, UnaryOperator<String> fromVariable) {
        String variable = variable(prefix);
        Map<String, String> properties = new HashMap<>();
        List<PropertySource> sources = new ArrayList<>(environment.getPropertySources());
        OrderUtil.sort(sources);
        for (PropertySource source : sources) {
            for (String name : source) {
                if (name.startsWith(prefix)) {
                    properties.put(name.substring(prefix.length()), value(environment, source, name));
                } else if (name.startsWith(variable)) {
                    properties.put(
                            fromVariable.apply(name.substring(variable.length())), value(environment, source, name));
                }
            }
        }
        return properties;
    }

    /** How an environment variable spells the key, dots and dashes alike. */
    public static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The key that an environment variable's name spells. */
    public static String byConvention(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace("__", "-").replace('_', '.');
    }

    private static String value(Environment environment, PropertySource source, String name) {
        return environment.getPlaceholderResolver().resolveRequiredPlaceholders(Objects.toString(source.get(name), ""));
    }
}
