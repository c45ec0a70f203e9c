package dev.firn.registry;

import dev.firn.config.ConfigurationException;
import dev.firn.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** A PKCS #12 or JKS file; which one, shows in the file. */
public record KeyStoreFile(Path location, Secret password) {
    KeyStore load() {
        if (!Files.isRegularFile(location)) {
            throw new ConfigurationException("key store " + location + " is not there");
        }
        try {
            return KeyStore.getInstance(location.toFile(), password.value().toCharArray());
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigurationException("key store " + location + " can't be read: " + e.getMessage());
        }
    }
}
