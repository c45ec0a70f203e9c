package dev.firn.launch;

import dev.firn.config.Secret;
import dev.firn.registry.BasicAuth;
import dev.firn.registry.KeyStoreFile;
import dev.firn.registry.RegistryConfig;
import dev.firn.registry.Tls;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The keys below {@code firn.registry.} They may hold secrets, so this is never printed. */
@ConfigurationProperties("firn.registry")
public record RegistrySettings(
        @Bindable(defaultValue = "http://localhost:8080/apis/ccompat/v7")
        String url,

        @Nullable String username,
        @Nullable String password,
        @Nullable String trustStore,
        @Nullable String trustStorePassword,
        @Nullable String keyStore,
        @Nullable String keyStorePassword) {

    /** How to reach the registry. */
    public RegistryConfig registry() {
        RegistryConfig config = RegistryConfig.of(url);
        if (username != null) {
            config = config.withAuth(new BasicAuth(username, secret(password)));
        }
        if (trustStore != null || keyStore != null) {
            config = config.withTls(new Tls(file(trustStore, trustStorePassword), file(keyStore, keyStorePassword)));
        }
        return config;
    }

    @Override
    public String toString() {
        return "RegistrySettings[url=" + url + "]";
    }

    private static @Nullable KeyStoreFile file(@Nullable String path, @Nullable String password) {
        return path == null ? null : new KeyStoreFile(Path.of(path), secret(password));
    }

    private static Secret secret(@Nullable String text) {
        return new Secret(text == null ? "" : text);
    }
}
