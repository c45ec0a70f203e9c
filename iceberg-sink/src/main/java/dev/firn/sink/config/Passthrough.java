package dev.firn.sink.config;

import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.core.order.OrderUtil;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Properties that are handed on as they are, to Kafka's clients or to the catalog.
 *
 * <p>From files and system properties a key is what follows the prefix. An environment variable can't spell dots and
 * dashes: in it {@code _} is a dot and {@code __} is a dash, as in {@code FIRN_SINK_CATALOG_IO__IMPL}. Iceberg's own
 * properties are also known with a single {@code _} for either, as in {@code FIRN_SINK_CATALOG_IO_IMPL}.
 */
final class Passthrough {
    private static final Map<String, String> ICEBERG_KEYS = icebergKeys();

    private final Environment environment;

    Passthrough(Environment environment) {
        this.environment = environment;
    }

    Map<String, String> kafka() {
        return below("firn.kafka.properties.", Passthrough::byConvention);
    }

    Map<String, String> catalog() {
        return below("firn.sink.catalog.", key -> ICEBERG_KEYS.getOrDefault(key, byConvention(key)));
    }

    /** By topic. */
    Map<String, String> tables() {
        return below("firn.sink.tables.", Passthrough::byConvention);
    }

    private Map<String, String> below(String prefix, UnaryOperator<String> fromVariable) {
        String variable = prefix.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        Map<String, String> properties = new HashMap<>();
        List<PropertySource> sources = new ArrayList<>(environment.getPropertySources());
        OrderUtil.sort(sources);
        for (PropertySource source : sources) {
            for (String name : source) {
                if (name.startsWith(prefix)) {
                    properties.put(name.substring(prefix.length()), value(source, name));
                } else if (name.startsWith(variable)) {
                    properties.put(fromVariable.apply(name.substring(variable.length())), value(source, name));
                }
            }
        }
        return properties;
    }

    private String value(PropertySource source, String name) {
        return environment.getPlaceholderResolver().resolveRequiredPlaceholders(Objects.toString(source.get(name), ""));
    }

    private static String byConvention(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace("__", "-").replace('_', '.');
    }

    private static Map<String, String> icebergKeys() {
        InputStream list = Objects.requireNonNull(Passthrough.class.getResourceAsStream("iceberg-properties.txt"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableMap(
                            key -> key.toUpperCase(Locale.ROOT)
                                    .replace('.', '_')
                                    .replace('-', '_'),
                            key -> key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
