package dev.firn.registry;

import dev.firn.config.ConfigurationException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a registry. Printing it shows no secret.
 *
 * @param urls of one registry; when one does not answer the next is asked. For Apicurio they end in
 *     {@code /apis/ccompat/v7}
 * @param requestTimeout from sending a request until the last byte of the answer
 * @param cacheSize schemas kept in memory by id, and again by subject
 * @param unknownFor how long an id that the registry did not know is not asked for again
 */
public record RegistryConfig(
        List<URI> urls,
        @Nullable BasicAuth auth,
        @Nullable Tls tls,
        Duration connectTimeout,
        Duration requestTimeout,
        Retries retries,
        int cacheSize,
        Duration unknownFor) {

    public RegistryConfig {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new ConfigurationException("the registry's URL is missing");
        }
        urls.forEach(RegistryConfig::check);
        checkPositive("connect timeout", connectTimeout);
        checkPositive("request timeout", requestTimeout);
        if (cacheSize < 1) {
            throw new ConfigurationException("the registry's cache size must be 1 or more, not " + cacheSize);
        }
    }

    /** A registry without authentication, with the usual timeouts.
     *
     * @param urls one, or several between commas
     */
    public static RegistryConfig of(String urls) {
        return new RegistryConfig(
                Arrays.stream(urls.split(","))
                        .map(String::strip)
                        .map(RegistryConfig::parse)
                        .toList(),
                null,
                null,
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                Retries.DEFAULT,
                1_000,
                Duration.ofSeconds(10));
    }

    public RegistryConfig withAuth(@Nullable BasicAuth auth) {
        return new RegistryConfig(urls, auth, tls, connectTimeout, requestTimeout, retries, cacheSize, unknownFor);
    }

    public RegistryConfig withTls(@Nullable Tls tls) {
        return new RegistryConfig(urls, auth, tls, connectTimeout, requestTimeout, retries, cacheSize, unknownFor);
    }

    public RegistryConfig withTimeouts(Duration connect, Duration request) {
        return new RegistryConfig(urls, auth, tls, connect, request, retries, cacheSize, unknownFor);
    }

    public RegistryConfig withRetries(Retries retries) {
        return new RegistryConfig(urls, auth, tls, connectTimeout, requestTimeout, retries, cacheSize, unknownFor);
    }

    public RegistryConfig withCache(int size, Duration unknownFor) {
        return new RegistryConfig(urls, auth, tls, connectTimeout, requestTimeout, retries, size, unknownFor);
    }

    private static URI parse(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            // neither the text nor the cause: a URL may hold a password
            throw new ConfigurationException("the registry's URL is no URL");
        }
    }

    private static void check(URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new ConfigurationException("the registry's URL must be like http://host:port/path");
        }
        if (url.getRawUserInfo() != null) {
            throw new ConfigurationException(
                    "the registry's URL at " + url.getHost() + " holds credentials: give them apart from it");
        }
    }

    private static void checkPositive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new ConfigurationException("the registry's " + what + " must be above 0, not " + value);
        }
    }
}
