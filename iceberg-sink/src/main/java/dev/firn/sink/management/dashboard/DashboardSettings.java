package dev.firn.sink.management.dashboard;

import dev.firn.config.ConfigurationException;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys below {@code firn.sink.dashboard.}
 *
 * @param generators where generators listen
 * @param processors where processors listen
 * @param sinks where other sinks listen; this one is not among them
 * @param interval between two looks at each service
 * @param sqlEngine where an engine listens that speaks Trino's protocol; without it there is no SQL
 * @param sqlCatalog what that engine calls the catalog
 * @param sqlTime how long a question may take
 */
@ConfigurationProperties("firn.sink.dashboard")
public record DashboardSettings(
        @Bindable(defaultValue = "http://localhost:8081") @Nullable
        List<String> generators,

        @Bindable(defaultValue = "http://localhost:8082") @Nullable
        List<String> processors,

        @Nullable List<String> sinks,
        @Bindable(defaultValue = "2s") Duration interval,
        @Nullable String sqlEngine,
        @Bindable(defaultValue = "firn") String sqlCatalog,
        @Bindable(defaultValue = "30s") Duration sqlTime) {
    private static final Duration LEAST = Duration.ofMillis(200);

    public DashboardSettings {
        addresses("generators", generators);
        addresses("processors", processors);
        addresses("sinks", sinks);
        if (interval.compareTo(LEAST) < 0) {
            throw new ConfigurationException(
                    "firn.sink.dashboard.interval must be at least 200ms, not '" + interval + "'");
        }
        if (sqlTime.isNegative() || sqlTime.isZero()) {
            throw new ConfigurationException("firn.sink.dashboard.sql-time must be more than nothing");
        }
        engine(sqlEngine);
    }

    /** Who answers questions in SQL, if anybody does. */
    Optional<URI> engine() {
        return engine(sqlEngine);
    }

    private static Optional<URI> engine(@Nullable String text) {
        return addresses("sql-engine", text == null ? null : List.of(text)).stream()
                .findFirst();
    }

    /** Each of them, with what it is. This sink comes without an address. */
    List<Probe.Place> places() {
        return Stream.of(
                        places("generator", "generators", generators),
                        places("processor", "processors", processors),
                        places("sink", "sinks", sinks))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Probe.Place> places(String role, String key, @Nullable List<String> addresses) {
        return addresses(key, addresses).stream()
                .map(address -> new Probe.Place(role, address))
                .toList();
    }

    private static List<URI> addresses(String key, @Nullable List<String> texts) {
        return texts == null
                ? List.of()
                : texts.stream()
                        .filter(text -> !text.isBlank())
                        .map(text -> address(key, text.strip()))
                        .toList();
    }

    /** Browsers are shown it, so it must hold no secret. */
    private static URI address(String key, String text) {
        try {
            URI address = new URI(text.replaceAll("/+$", ""));
            if (List.of("http", "https").contains(String.valueOf(address.getScheme()))
                    && address.getHost() != null
                    && address.getUserInfo() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // said below, without what may be a secret in it
        }
        throw new ConfigurationException("firn.sink.dashboard." + key + " must be http://HOST:PORT"
                + (key.equals("sql-engine") ? "" : ", or several with commas between them"));
    }
}
