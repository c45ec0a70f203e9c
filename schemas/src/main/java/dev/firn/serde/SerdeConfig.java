package dev.firn.serde;

import dev.firn.config.Closest;
import dev.firn.config.ConfigurationException;
import dev.firn.config.Secret;
import dev.firn.registry.BasicAuth;
import dev.firn.registry.KeyStoreFile;
import dev.firn.registry.RegistryConfig;
import dev.firn.registry.Retries;
import dev.firn.registry.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** Reads the properties that Kafka hands to serializers and deserializers, by the names that Confluent's have. */
final class SerdeConfig {
    static final String URL = "schema.registry.url";
    static final String AUTO_REGISTER = "auto.register.schemas";
    static final String SPECIFIC = "specific.avro.reader";
    static final String KEY_SUBJECT = "key.subject.name.strategy";
    static final String VALUE_SUBJECT = "value.subject.name.strategy";

    private static final String PREFIX = "schema.registry.";
    private static final String AUTH_SOURCE = "basic.auth.credentials.source";
    private static final String AUTH = "basic.auth.user.info";
    private static final String TRUST = PREFIX + "ssl.truststore.";
    private static final String IDENTITY = PREFIX + "ssl.keystore.";
    private static final String CONNECT_TIMEOUT = PREFIX + "http.connect.timeout.ms";
    private static final String REQUEST_TIMEOUT = PREFIX + "http.read.timeout.ms";
    private static final String RETRIES = PREFIX + "max.retries";
    private static final String RETRY_WAIT = PREFIX + "retries.wait.ms";
    private static final String RETRY_MAX_WAIT = PREFIX + "retries.max.wait.ms";
    private static final String CACHE = PREFIX + "cache.size";

    private static final Set<String> WITH_PREFIX = new TreeSet<>(Set.of(
            URL,
            PREFIX + AUTH_SOURCE,
            PREFIX + AUTH,
            TRUST + "location",
            TRUST + "password",
            IDENTITY + "location",
            IDENTITY + "password",
            CONNECT_TIMEOUT,
            REQUEST_TIMEOUT,
            RETRIES,
            RETRY_WAIT,
            RETRY_MAX_WAIT,
            CACHE));

    /** Confluent's switches that change what is written or read, and that we have not. */
    private static final List<String> UNSUPPORTED = List.of(
            "use.latest.version",
            "use.latest.with.metadata",
            "use.schema.id",
            "normalize.schemas",
            "schema.reflection",
            "avro.use.logical.type.converters");

    private final Map<String, ?> properties;

    SerdeConfig(Map<String, ?> properties) {
        this.properties = properties;
        for (String key : properties.keySet()) {
            if (key.startsWith(PREFIX) && !WITH_PREFIX.contains(key)) {
                throw new ConfigException("unknown key " + key + Closest.hint(key, WITH_PREFIX));
            }
        }
        for (String key : UNSUPPORTED) {
            if (!text(key).orElse("false").equals("false")) {
                throw new ConfigException(key + " is not supported by Firn's serializers");
            }
        }
    }

    boolean autoRegister() {
        return flag(AUTO_REGISTER, true);
    }

    boolean specific() {
        return flag(SPECIFIC, false);
    }

    SubjectName subjectName(boolean isKey) {
        String key = isKey ? KEY_SUBJECT : VALUE_SUBJECT;
        return SubjectNames.parse(key, text(key).orElse("topic"));
    }

    RegistryConfig registry() {
        try {
            RegistryConfig config =
                    RegistryConfig.of(text(URL).orElseThrow(() -> new ConfigException(URL + " is missing")));
            return config.withAuth(auth())
                    .withTls(tls())
                    .withTimeouts(
                            millis(CONNECT_TIMEOUT, config.connectTimeout()),
                            millis(REQUEST_TIMEOUT, config.requestTimeout()))
                    .withRetries(retries(config.retries()))
                    .withCache(number(CACHE, config.cacheSize()), config.unknownFor());
        } catch (ConfigurationException e) {
            throw new ConfigException(URL + " or its like: " + e.getMessage());
        }
    }

    private @Nullable BasicAuth auth() {
        Optional<String> info = text(AUTH).or(() -> text(PREFIX + AUTH));
        String source = text(AUTH_SOURCE).or(() -> text(PREFIX + AUTH_SOURCE)).orElse("USER_INFO");
        if (!source.equals("USER_INFO")) {
            throw new ConfigException(AUTH_SOURCE + " must be USER_INFO, not " + source);
        }
        return info.map(SerdeConfig::auth).orElse(null);
    }

    private static BasicAuth auth(String info) {
        int colon = info.indexOf(':');
        if (colon < 0) {
            throw new ConfigException(AUTH + " must be user:password");
        }
        return new BasicAuth(info.substring(0, colon), new Secret(info.substring(colon + 1)));
    }

    private @Nullable Tls tls() {
        KeyStoreFile trust = keyStore(TRUST);
        KeyStoreFile identity = keyStore(IDENTITY);
        return trust == null && identity == null ? null : new Tls(trust, identity);
    }

    private @Nullable KeyStoreFile keyStore(String prefix) {
        return text(prefix + "location")
                .map(location -> new KeyStoreFile(
                        Path.of(location), new Secret(text(prefix + "password").orElse(""))))
                .orElse(null);
    }

    private Retries retries(Retries usual) {
        return new Retries(
                number(RETRIES, usual.attempts() - 1) + 1,
                millis(RETRY_WAIT, usual.backoff()),
                millis(RETRY_MAX_WAIT, usual.maxBackoff()));
    }

    private Duration millis(String key, Duration usual) {
        return Duration.ofMillis(number(key, Math.toIntExact(usual.toMillis())));
    }

    private int number(String key, int usual) {
        String text = text(key).orElse(Integer.toString(usual));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new ConfigException(key + " must be a whole number, not '" + text + "'");
        }
    }

    private boolean flag(String key, boolean usual) {
        String text = text(key).orElse(Boolean.toString(usual));
        if (!text.equals("true") && !text.equals("false")) {
            throw new ConfigException(key + " must be true or false, not '" + text + "'");
        }
        return Boolean.parseBoolean(text);
    }

    private Optional<String> text(String key) {
        Object value = properties.get(key);
        return Optional.ofNullable(value)
                .map(v -> v instanceof Password password ? password.value() : v.toString())
                .map(String::strip);
    }
}
