package dev.firn.sink.config;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.firn.config.ConfigurationException;
import dev.firn.launch.Passthrough;
import io.micronaut.context.env.Environment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * The keys below {@code firn.sink.catalog.}, handed to Iceberg as they are. In environment variables, Iceberg's own are
 * also known with a single {@code _} for a dot or a dash, as in {@code FIRN_SINK_CATALOG_IO_IMPL}.
 */
final class CatalogProperties {
    private static final Map<String, String> BY_VARIABLE = byVariable();

    private CatalogProperties() {}

    /**
     * All of them.
     *
     * @throws ConfigurationException if they don't say which catalog it is
     */
    static Map<String, String> of(Environment environment) {
        Map<String, String> properties = Passthrough.below(
                "firn.sink.catalog.",
                environment,
                variable -> BY_VARIABLE.getOrDefault(variable, Passthrough.byConvention(variable)));
        if (properties.getOrDefault("type", "").isEmpty() && !properties.containsKey("catalog-impl")) {
            throw new ConfigurationException("firn.sink.catalog.type: must be set, to rest, jdbc, glue or another of"
                    + " Iceberg's (environment variable FIRN_SINK_CATALOG_TYPE), or firn.sink.catalog.catalog-impl");
        }
        return properties;
    }

    private static Map<String, String> byVariable() {
        InputStream list =
                Objects.requireNonNull(CatalogProperties.class.getResourceAsStream("iceberg-properties.txt"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(toUnmodifiableMap(Passthrough::variable, key -> key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
